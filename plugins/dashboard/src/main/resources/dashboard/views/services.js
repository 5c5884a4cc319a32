// The services: those that are refused first.

import { byId, element } from "../elements.js";
import { Table } from "../table.js";
import { count } from "../words.js";

const RANKS = { refused: 0, active: 1, parked: 2 };
const TONES = { refused: "bad", active: "good", parked: "muted" };

/** @param definition where definitions are opened */
export function servicesView(definition) {
  let last = null;
  const filter = element("input", { type: "search", placeholder: "filter", "aria-label": "Filter services", input: () => show(last) });
  const table = new Table({
    caption: "Services",
    key: service => service.id,
    empty: "There is none.",
    columns: [
      { title: "Service", text: service => service.id },
      { title: "Name", long: true, text: service => service.name },
      { title: "State", text: service => service.state, tone: service => TONES[service.state] },
      { title: "Listens", long: true, text: service => service.listens },
      { title: "Targets up", text: service => service.up, tone: service => service.tone },
      { title: "Connections", number: true, text: service => service.connections },
      { title: "Problems", text: service => problems(service.problems), tone: service => service.problems.length > 0 ? "bad" : "" },
      { title: "File", long: true, text: service => service.file },
      { title: "Actions", actions: [{ label: "definition", act: service => definition.open(service.id) }] },
    ],
  });
  byId("services").append(filter, ...table.elements);

  function show(gateway) {
    last = gateway;
    const word = filter.value.toLowerCase();
    const listenersOf = groups(gateway.listeners, listener => listener.services);
    const targetsOf = groups(gateway.targets, target => [target.service]);
    table.show(gateway.services.filter(service => `${service.id} ${service.name}`.toLowerCase().includes(word))
      .map(service => withState(service, listenersOf.get(service.id) || [], targetsOf.get(service.id) || []))
      .sort((one, other) => rank(one) - rank(other)));
  }
  return show;
}

function rank(service) {
  return RANKS[service.state] + (service.tone === "bad" ? -0.5 : 0);
}

/** Things by the services that they belong to: a look through all of them for each service takes too long for a thousand. */
function groups(things, servicesOf) {
  const groups = new Map();
  for (const thing of things) {
    for (const service of servicesOf(thing)) {
      groups.has(service) ? groups.get(service).push(thing) : groups.set(service, [thing]);
    }
  }
  return groups;
}

function withState(service, listeners, targets) {
  const up = targets.filter(target => target.health !== "down" && target.health !== "ejected").length;
  return {
    ...service,
    listens: listeners.map(listener => `${listener.address}${listener.state === "open" ? "" : ` (${listener.state})`}`).join(", "),
    up: targets.length === 0 ? "" : `${up} of ${targets.length}`,
    tone: up < targets.length ? up === 0 ? "bad" : "warn" : "",
    connections: targets.reduce((sum, target) => sum + target.connections, 0),
  };
}

function problems(all) {
  return all.length === 0 ? "" : count(all.length, "problem");
}
