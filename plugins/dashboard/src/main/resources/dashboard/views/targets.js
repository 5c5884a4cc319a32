// The targets: those first that do not take connections. What operators say of them is said here.

import { post } from "../api.js";
import { ask, show } from "../dialog.js";
import { byId, element } from "../elements.js";
import { say } from "../notices.js";
import { Table } from "../table.js";
import { ago, count } from "../words.js";
import { stepsOf } from "./steps.js";

const HEALTH_TONES = { up: "good", down: "bad", ejected: "bad", unknown: "warn", unchecked: "muted" };
const STATE_TONES = { ready: "", draining: "warn", maintenance: "warn" };

export function targetsView(gateway) {
  const filter = element("input", { type: "search", placeholder: "filter", "aria-label": "Filter targets", input: update });
  const table = new Table({
    caption: "Targets",
    key: target => `${target.service} ${target.id}`,
    empty: "There is none.",
    columns: [
      { title: "Service", text: target => target.service },
      { title: "Target", long: true, text: target => target.target },
      { title: "Health", text: target => target.health, tone: target => HEALTH_TONES[target.health] },
      { title: "State", text: target => target.state, tone: target => STATE_TONES[target.state] },
      { title: "Connections", number: true, text: target => target.connections },
      { title: "Weight", number: true, text: target => target.weight },
      { title: "Priority", number: true, text: target => target.priority },
      { title: "Last probe", long: true, text: target => probe(target.last_probe, gateway.now()) },
      { title: "Actions", actions: [
        { label: "check now", act: check },
        { label: "transcript", act: target => transcript(target, target.last_probe), off: target => !target.last_probe },
        { label: "drain", act: target => set(target, "drain"), off: target => target.state === "draining" },
        { label: "maintain", act: target => set(target, "maintain"), off: target => target.state === "maintenance" },
        { label: "ready", act: target => set(target, "ready"), off: target => target.state === "ready" },
      ] },
    ],
  });
  byId("targets").append(filter, ...table.elements);

  function update() {
    const word = filter.value.toLowerCase();
    table.show(gateway.targets.filter(target => `${target.service} ${target.target}`.toLowerCase().includes(word))
      .sort((one, other) => Number(takes(one)) - Number(takes(other))));
  }

  async function set(target, verb) {
    if (verb !== "ready" && isLast(target) && !await ask(`The last target of ${target.service}`,
      [`No other target of ${target.service} is up and ready: new clients may be refused.`,
        `${count(target.connections, "live connection")} will go on.`], verb)) {
      return;
    }
    const after = await post(path(target, verb));
    say(`${target.service} ${target.target}: ${after.state}, ${count(after.connections, "live connection")}`);
    gateway.refresh();
  }

  function isLast(target) {
    return takes(target) && !gateway.targets.some(other => other.service === target.service && other.id !== target.id && takes(other));
  }

  async function check(target) {
    transcript(target, await post(path(target, "check")));
    gateway.refresh();
  }

  return update;
}

function takes(target) {
  return target.state === "ready" && target.health !== "down" && target.health !== "ejected" && target.weight > 0;
}

function path(target, verb) {
  return `v1/targets/${encodeURIComponent(target.service)}/${encodeURIComponent(target.id)}/${verb}`;
}

function probe(report, now) {
  if (!report) {
    return "none";
  }
  return `${report.healthy ? "passed" : "failed"} ${ago(report.time, now)}${report.reason ? `: ${report.reason}` : ""}`;
}

function transcript(target, report) {
  show(`${target.service} ${target.target}`,
    element("p", { class: report.healthy ? "good" : "bad" },
      `${report.healthy ? "passed" : `failed: ${report.reason}`} (${report.duration_ms} ms)`),
    ...stepsOf("Steps of the check", report.transcript, [
      ["Step", step => step.step], ["Verdict", step => step.verdict], ["ms", step => step.duration_ms],
      ["Sent", step => step.sent], ["Expected", step => step.expected], ["Received", step => step.received]]));
}
