// Live connections, a page at a time, the oldest first.

import { address, get, send } from "../api.js";
import { ask } from "../dialog.js";
import { byId, setText } from "../elements.js";
import { complain, say } from "../notices.js";
import { Table } from "../table.js";
import { bytes, count, duration } from "../words.js";

const PAGE_SIZE = 50;
const MOST_OFTEN_MS = 4000;

export function connectionsView(gateway) {
  /** Where the pages up to the one that is shown begin. */
  let cursors = [""];
  let next;
  let asked = 0;
  let askedAt = 0;
  const form = byId("connections-filter");
  const table = new Table({
    caption: "Live connections",
    key: connection => connection.id,
    name: connection => `${connection.service || ""} ${connection.client}`,
    empty: "There is none.",
    columns: [
      { title: "Service", text: connection => connection.service },
      { title: "Client", long: true, text: connection => connection.presented_client === connection.client ? connection.client
        : `${connection.presented_client} by ${connection.client}` },
      { title: "Server name", long: true, text: connection => connection.server_name },
      { title: "Listener", text: connection => connection.listener },
      { title: "Target", long: true, text: connection => connection.target },
      { title: "For", text: connection => duration((gateway.now() - Date.parse(connection.since)) / 1000) },
      { title: "From client", number: true, text: connection => bytes(connection.bytes_from_client) },
      { title: "To client", number: true, text: connection => bytes(connection.bytes_to_client) },
      { title: "Actions", actions: [{ label: "close", act: closeOne }] },
    ],
  });
  byId("connections-list").append(...table.elements);

  const filter = () => Object.fromEntries(["service", "target", "client"].map(name => [name, byId(`connections-${name}`).value.trim()]));

  async function read() {
    const number = ++asked;
    askedAt = Date.now();
    const page = await get(address("v1/connections", { ...filter(), limit: PAGE_SIZE, cursor: cursors.at(-1) }));
    if (number !== asked) {
      return;
    }
    if (page.items.length === 0 && cursors.length > 1) {
      cursors.pop();
      return read();
    }
    next = page.next;
    table.show(page.items);
    const first = (cursors.length - 1) * PAGE_SIZE;
    setText(byId("connections-place"), page.total === 0 ? "" : `${first + 1} to ${first + page.items.length} of ${count(page.total, "connection")}`);
    byId("connections-previous").setAttribute("aria-disabled", cursors.length === 1);
    byId("connections-next").setAttribute("aria-disabled", next === undefined);
    byId("connections-close").setAttribute("aria-disabled", Object.values(filter()).every(word => word === ""));
  }

  async function closeOne(connection) {
    if (await ask("Close a connection", [`${connection.client} to ${connection.service || "no service yet"}, target ${connection.target || "none yet"}`], "Close it")) {
      await send("DELETE", `v1/connections/${encodeURIComponent(connection.id)}`);
      say(`closed: ${connection.client}`);
      await read();
      gateway.refresh();
    }
  }

  async function closeSome() {
    const words = filter();
    const rate = byId("connections-rate").value;
    const path = more => address("v1/connections", { ...words, rate, ...more });
    const { closed } = await (await send("DELETE", path({ dry_run: true }))).json();
    const which = Object.entries(words).filter(([, word]) => word !== "").map(([name, word]) => `${name} ${word}`).join(", ");
    if (await ask(`Close ${count(closed, "connection")}`, [which, rate ? `${rate} a second` : "all at once"], "Close them")) {
      const done = await (await send("DELETE", path({}))).json();
      say(`${count(done.closed, "connection")} ${rate ? "are being" : ""} closed: ${which}`);
      await read();
      gateway.refresh();
    }
  }

  const on = (id, act) => byId(id).addEventListener("click", () => {
    if (byId(id).getAttribute("aria-disabled") !== "true") {
      act().catch(complain);
    }
  });
  on("connections-previous", () => {
    cursors.pop();
    return read();
  });
  on("connections-next", () => {
    cursors.push(next);
    return read();
  });
  on("connections-close", closeSome);
  const fromTheStart = event => {
    event.preventDefault();
    cursors = [""];
    read().catch(complain);
  };
  form.addEventListener("submit", fromTheStart);
  form.addEventListener("change", fromTheStart);

  return () => {
    if (!document.hidden && Date.now() - askedAt > MOST_OFTEN_MS) {
      // what keeps it from being read stands at the top of the page
      read().catch(() => {});
    }
  };
}
