// Everything that is wrong, the worst first.

import { byId } from "../elements.js";
import { Table } from "../table.js";
import { place } from "../words.js";

export function problemsView() {
  const table = new Table({
    caption: "Problems",
    key: problem => problem.key,
    empty: "Nothing is wrong.",
    columns: [
      { title: "Severity", text: problem => problem.severity, tone: problem => problem.severity === "error" ? "bad" : "warn" },
      { title: "Service", text: problem => problem.service },
      { title: "Where", long: true, text: place },
      { title: "What", long: true, text: problem => problem.message },
      { title: "What to do", long: true, text: problem => problem.hint },
    ],
  });
  byId("problems").append(...table.elements);

  return ({ status }) => {
    if (status) {
      table.show(inOrder(status.problems));
    }
  };
}

function inOrder(problems) {
  const seen = new Map();
  const rank = problem => problem.severity === "error" ? 0 : 1;
  return [...problems].sort((one, other) => rank(one) - rank(other)).map(problem => {
    const name = JSON.stringify([problem.code, problem.service, problem.file, problem.line, problem.column, problem.pointer]);
    seen.set(name, (seen.get(name) || 0) + 1);
    return { ...problem, key: `${name} ${seen.get(name)}` };
  });
}
