// What has happened lately, the latest first.

import { byId } from "../elements.js";
import { Table } from "../table.js";
import { clock } from "../words.js";

const MOST_EVENTS = 30;

export function eventsView() {
  const table = new Table({
    caption: "Events",
    key: event => event.id,
    empty: "Nothing yet.",
    columns: [
      { title: "When", text: event => clock(event.data.time) },
      { title: "What", text: event => event.type },
      { title: "Service", text: event => event.data.service },
      { title: "Target", long: true, text: event => event.data.target },
      { title: "Details", long: true, text: details },
    ],
  });
  byId("events").append(...table.elements);

  return ({ events }) => table.show(events.slice(0, MOST_EVENTS));
}

/** What else it says; a whole problem stands among the problems. */
function details({ data }) {
  return Object.entries(data).filter(([name, value]) => !["time", "service", "target"].includes(name) && typeof value !== "object")
    .map(([name, value]) => `${name} ${value}`).join(", ");
}
