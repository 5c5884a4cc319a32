// What is listened on: those first that are not open.

import { byId } from "../elements.js";
import { Table } from "../table.js";

/** @param explain asks about a port */
export function listenersView(explain) {
  const table = new Table({
    caption: "Listeners",
    key: listener => listener.address,
    empty: "There is none.",
    columns: [
      { title: "Address", text: listener => listener.address },
      { title: "Protocol", text: listener => listener.protocol },
      { title: "State", text: listener => listener.state, tone: listener => listener.state === "open" ? "good" : "bad" },
      { title: "Reason", long: true, text: listener => listener.reason },
      { title: "Services", long: true, text: listener => listener.services.join(", ") },
      { title: "Actions", actions: [{ label: "explain", act: listener => explain(listener.address.split(":").pop()) }] },
    ],
  });
  byId("listeners").append(...table.elements);

  return ({ listeners }) => table.show([...listeners].sort((one, other) => rank(one) - rank(other)));
}

function rank(listener) {
  return listener.state === "open" ? 1 : 0;
}
