// The gateway as a whole, in a line.

import { byId, element, setText } from "../elements.js";
import { bytes, clock, count, duration } from "../words.js";

const PHASES = { starting: "warn", ready: "good", draining: "warn" };

export function statusView() {
  const facts = new Map();
  const list = element("dl", { class: "facts" });
  byId("status").append(list);

  const fact = (name, text, tone = "") => {
    if (!facts.has(name)) {
      const value = element("dd");
      facts.set(name, value);
      list.append(element("div", {}, element("dt", {}, name), value));
    }
    setText(facts.get(name), text);
    facts.get(name).className = tone;
  };

  return gateway => {
    showLink(gateway);
    const { status, targets } = gateway;
    if (!status) {
      return;
    }
    const totals = status.totals;
    const errors = status.problems.filter(problem => problem.severity === "error").length;
    const down = targets.filter(target => target.health === "down" || target.health === "ejected").length;
    const up = targets.filter(target => target.health === "up" || target.health === "unchecked").length;
    document.title = `${errors > 0 ? `(${errors}) ` : ""}Sluice ${gateway.lostSince ? "not reachable" : status.phase}`;
    fact("Gateway", status.phase, PHASES[status.phase] || "");
    fact("Problems", `${count(errors, "error")}, ${count(status.problems.length - errors, "warning")}`,
      errors > 0 ? "bad" : status.problems.length > 0 ? "warn" : "good");
    fact("Listeners", `${totals.listeners_open} of ${totals.listeners} open`, totals.listeners_open < totals.listeners ? "bad" : "");
    fact("Services", String(totals.services));
    fact("Targets", `${up} of ${targets.length} up`, down > 0 ? "bad" : "");
    fact("Connections", totals.connections.toLocaleString("en"));
    fact("Accepted", totals.accepted.toLocaleString("en"));
    fact("Refused", totals.refused.toLocaleString("en"));
    fact("From clients", bytes(totals.bytes_from_client));
    fact("To clients", bytes(totals.bytes_to_client));
    fact("Revision", String(status.revision));
    fact("Up for", duration((gateway.now() - Date.parse(status.started_at)) / 1000));
    fact("Version", status.version);
  };
}

/** Whether what is shown is true. */
function showLink({ live, lostSince, seenAt, faults }) {
  const link = byId("link");
  const stale = [...faults.keys()].filter(part => part !== "status");
  if (lostSince) {
    setText(link, `not reachable since ${clock(lostSince)}; ${seenAt ? `what you see is from ${clock(seenAt)}` : "trying again"}`);
  } else if (faults.has("status")) {
    setText(link, `no status: ${faults.get("status")}`);
  } else if (stale.length > 0) {
    setText(link, `not up to date: ${stale.join(", ")} (${faults.get(stale[0])})`);
  } else {
    setText(link, live ? "live" : "every few seconds");
  }
  link.className = lostSince || faults.size > 0 ? "bad" : live ? "good" : "warn";
  document.body.classList.toggle("stale", Boolean(lostSince));
}
