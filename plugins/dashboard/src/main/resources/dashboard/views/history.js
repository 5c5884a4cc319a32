// The last changes of definitions, and back.

import { get, post } from "../api.js";
import { ask } from "../dialog.js";
import { byId } from "../elements.js";
import { say } from "../notices.js";
import { Table } from "../table.js";
import { clock } from "../words.js";
import { changeInWords } from "./changes.js";

export function historyView(gateway) {
  const table = new Table({
    caption: "Changes of definitions",
    key: change => change.id,
    name: change => `change ${change.id}`,
    empty: "There was none.",
    columns: [
      { title: "When", text: change => clock(change.time) },
      { title: "Who", text: change => change.author },
      { title: "What", long: true, text: change => change.action },
      { title: "Fields", long: true, text: change => change.changes.map(touched => touched.fields.join(", ")).filter(fields => fields).join("; ") },
      { title: "Actions", actions: [{ label: "back to this", act: rollBack, off: change => change.latest }] },
    ],
  });
  byId("history").append(...table.elements);

  async function rollBack(change) {
    const path = `v1/history/${change.id}/rollback`;
    const preview = await post(`${path}?dry_run=true`);
    const lines = preview.changes.map(one => changeInWords(one, gateway.status.totals.connections));
    if (await ask(`Back to how it was at ${clock(change.time)}`, lines.length > 0 ? lines : ["Nothing would change."], "Put it back")) {
      say(`Put back: revision ${(await post(path)).revision}`);
      gateway.refresh();
    }
  }

  let services = null;
  return async gateway => {
    // services are read again whenever a definition may have changed
    if (gateway.services !== services) {
      services = gateway.services;
      const changes = (await get("v1/history")).items;
      table.show(changes.map((change, i) => ({ ...change, latest: i === 0 })));
    }
  };
}
