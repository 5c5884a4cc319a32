// Plugins: those first that are not simply active.

import { byId } from "../elements.js";
import { Table } from "../table.js";

const TONES = { ACTIVE: "good", DRAINING: "warn", SUPERSEDED: "muted", MISSING_FILE: "warn" };

export function pluginsView() {
  const table = new Table({
    caption: "Plugins",
    key: plugin => `${plugin.name} ${plugin.generation} ${plugin.file}`,
    empty: "There is none.",
    columns: [
      { title: "Plugin", text: plugin => plugin.name },
      { title: "Version", text: plugin => plugin.version },
      { title: "State", text: plugin => plugin.state, tone: plugin => TONES[plugin.state] || "bad" },
      { title: "Reason", long: true, text: plugin => plugin.reason },
      { title: "Provides", long: true, text: plugin => plugin.provides.map(provided => provided.name).join(", ") },
      { title: "Generation", number: true, text: plugin => plugin.generation },
      { title: "Users", number: true, text: plugin => plugin.users },
      { title: "File", long: true, text: plugin => plugin.file },
    ],
  });
  byId("plugins").append(...table.elements);

  return ({ plugins }) => table.show([...plugins].sort((one, other) => rank(one) - rank(other)));
}

function rank(plugin) {
  return plugin.state === "ACTIVE" ? 1 : 0;
}
