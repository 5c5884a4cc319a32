// Why a client goes where it goes, and why the latest were refused.

import { get, post } from "../api.js";
import { show } from "../dialog.js";
import { byId, element } from "../elements.js";
import { complain } from "../notices.js";
import { Table } from "../table.js";
import { clock } from "../words.js";
import { explanationOf } from "./steps.js";

const MOST_REFUSED = 50;

export function explainView() {
  byId("explain-form").addEventListener("submit", event => {
    event.preventDefault();
    ask().catch(complain);
  });

  const table = new Table({
    caption: "Connections that were refused",
    key: refused => refused.id,
    name: refused => refused.client,
    empty: "None was refused.",
    columns: [
      { title: "When", text: refused => clock(refused.time) },
      { title: "Client", text: refused => refused.client },
      { title: "Listener", text: refused => refused.explanation.listener },
      { title: "Service", text: refused => refused.explanation.service },
      { title: "Reason", text: refused => refused.explanation.reason },
      { title: "Detail", long: true, text: refused => refused.detail },
      { title: "Actions", actions: [{ label: "why", act: refused => show(`${refused.client} was refused`, ...explanationOf(refused.explanation)) }] },
    ],
  });
  byId("refused").append(...table.elements);

  let shown = -1;
  return {
    /** Asks about any client of a port, and brings the answer into view. */
    port: async port => {
      byId("explain-form").reset();
      byId("explain-port").value = port;
      byId("explain").scrollIntoView();
      await ask();
    },
    update: async ({ status }) => {
      if (status && status.totals.refused !== shown) {
        shown = status.totals.refused;
        table.show((await get(`v1/refused?limit=${MOST_REFUSED}`)).items);
      }
    },
  };
}

async function ask() {
  const given = Object.fromEntries([["server_name", "explain-server-name"], ["client", "explain-client"], ["alpn", "explain-alpn"]]
    .map(([name, id]) => [name, byId(id).value.trim()]).filter(([, word]) => word !== ""));
  const answer = await post("v1/explain", { port: Number(byId("explain-port").value), ...given,
    ...given.alpn ? { alpn: given.alpn.split(/[\s,]+/) } : {} });
  byId("explain-answer").replaceChildren(
    element("p", { class: answer.outcome === "accepted" ? "good" : "bad" },
      answer.outcome === "accepted" ? `accepted: ${answer.service}, target ${answer.target}` : `refused: ${answer.reason}`),
    ...explanationOf(answer));
}
