// Tables that are shown once and never updated: steps, candidates.

import { Table } from "../table.js";

/**
 * A table of steps.
 *
 * @param columns pairs of a title and what it says of a step
 */
export function stepsOf(caption, steps, columns) {
  const table = new Table({
    caption,
    key: step => step.number,
    empty: "",
    columns: columns.map(([title, text, tone]) => ({ title, text, tone, long: true })),
  });
  table.show(steps.map((step, number) => ({ ...step, number })));
  return table.elements;
}

/** How a decision came about, and which targets it had to choose from. */
export function explanationOf(explanation) {
  return [
    ...stepsOf("Steps", explanation.steps, [["Step", step => step.step], ["Result", step => step.result], ["Detail", step => step.detail]]),
    ...stepsOf("Candidates", explanation.candidates, [["Candidate", one => one.target], ["In", one => one.in ? "yes" : "no",
      one => one.in ? "good" : "bad"], ["Health", one => one.health], ["State", one => one.state], ["Weight", one => one.weight],
    ["Priority", one => one.priority], ["Reason", one => one.reason]]),
  ];
}
