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
    table.show(gateway.services.filter(service => `${service.id} ${service.name}`.toLowerCase().includes(word))
      .map(service => withState(service, gateway))
      .sort((one, other) => rank(one) - rank(other)));
  }
  return show;
}

function rank(service) {
  return RANKS[service.state] + (service.tone === "bad" ? -0.5 : 0);
}

function withState(service, { listeners, targets }) {
  const own = targets.filter(target => target.service === service.id);
  const up = own.filter(target => target.health !== "down" && target.health !== "ejected").length;
  return {
    ...service,
    listens: listeners.filter(listener => listener.services.includes(service.id))
      .map(listener => `${listener.address}${listener.state === "open" ? "" : ` (${listener.state})`}`).join(", "),
    up: own.length === 0 ? "" : `${up} of ${own.length}`,
    tone: up < own.length ? up === 0 ? "bad" : "warn" : "",
    connections: own.reduce((sum, target) => sum + target.connections, 0),
  };
}

function problems(all) {
  return all.length === 0 ? "" : count(all.length, "problem");
}
