// One service's definition, as JSON: checked first, then applied, and only over what was seen.

import { Refused, get, send } from "../api.js";
import { ask } from "../dialog.js";
import { button, byId, element, setText } from "../elements.js";
import { layOut, member } from "../json.js";
import { complain, say } from "../notices.js";
import { clock } from "../words.js";
import { changeInWords } from "./changes.js";

const NEW = { protocol: "tcp", listen_port: 6379, proxy: { target_url: "127.0.0.1:6380" } };
const SEEN_IN_HISTORY = 50;

export function definitionView(gateway) {
  const text = byId("definition-text");
  const result = byId("definition-result");
  /** What is open: its id, the tag of what was seen (none of a new one), its text. */
  let opened = null;
  /** The text that a check has passed. */
  let checked = null;
  /** How often one was asked for: only the last answer counts. */
  let asks = 0;

  async function open(id) {
    if (isEdited() && !await ask("Your text is lost", [`The text of ${opened.id} has not been applied.`], "Go on")) {
      return;
    }
    const mine = ++asks;
    const before = text.value;
    const overtaken = () => mine !== asks || text.value !== before;
    try {
      const answer = await send("GET", path(id));
      const body = await answer.text();
      if (overtaken()) {
        return;
      }
      take(id, answer.headers.get("etag"), layOut(member(body, "definition")), JSON.parse(body).file);
    } catch (error) {
      if (!(error instanceof Refused && error.status === 404)) {
        throw error;
      }
      if (overtaken()) {
        return;
      }
      take(id, null, JSON.stringify({ name: id, ...NEW }, null, 2), null);
    }
  }

  function take(id, etag, definition, file) {
    opened = { id, etag, text: definition };
    text.value = definition;
    byId("definition-editor").hidden = false;
    setText(byId("definition-seen"), etag === null ? `${id}: a new service`
      : `${id}: ${file}, seen at ${clock(new Date())}. Comments of the file are not shown, and are lost when you apply.`);
    edited();
    text.focus();
    text.setSelectionRange(0, 0);
  }

  function edited() {
    checked = null;
    result.replaceChildren();
    byId("definition-apply").setAttribute("aria-disabled", true);
    byId("definition-remove").setAttribute("aria-disabled", opened.etag === null);
    setText(byId("definition-meanwhile"), "");
  }

  function isEdited() {
    return opened !== null && text.value !== opened.text;
  }

  function conditions() {
    return { "x-author": "dashboard", ...opened.etag === null ? { "if-none-match": "*" } : { "if-match": opened.etag } };
  }

  async function check() {
    const asked = text.value;
    await attempt(async () => {
      const outcome = await (await send("PUT", `${path(opened.id)}?dry_run=true`, { body: asked, headers: conditions() })).json();
      if (asked === text.value) {
        checked = asked;
        byId("definition-apply").setAttribute("aria-disabled", false);
      }
      result.replaceChildren(...lines(outcome, "good", outcome.changes.length > 0 ? "It can be applied." : "Nothing would change."));
    });
  }

  async function apply() {
    if (checked !== text.value) {
      return;
    }
    await attempt(async () => {
      const { id } = opened;
      const outcome = await (await send("PUT", path(id), { body: checked, headers: conditions() })).json();
      opened.text = checked;
      await open(id);
      result.replaceChildren(...lines(outcome, "good", `Applied: revision ${outcome.revision}.`));
      gateway.refresh();
    });
  }

  async function remove() {
    await attempt(async () => {
      const { id } = opened;
      const preview = await (await send("DELETE", `${path(id)}?dry_run=true`, { headers: conditions() })).json();
      if (await ask(`Remove ${id}`, preview.changes.map(inWords), "Remove it")) {
        await send("DELETE", path(id), { headers: conditions() });
        say(`removed: ${id}`);
        if (opened?.id === id) {
          put();
        }
        gateway.refresh();
      }
    });
  }

  /** Puts the editor away. */
  function put() {
    opened = null;
    byId("definition-editor").hidden = true;
  }

  /** Shows why something is refused beside the text that it is about. */
  async function attempt(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      result.replaceChildren(...error.status === 412 ? await conflict()
        : [element("p", { class: "bad" }, error.message), ...error.errors.map(problem)]);
    }
  }

  function lines(outcome, tone, verdict) {
    return [element("p", { class: tone }, verdict), ...outcome.changes.map(change => element("p", {}, inWords(change))),
      ...outcome.problems.map(problem)];
  }

  function inWords(change) {
    return changeInWords(change, gateway.status.totals.connections);
  }

  function problem(one) {
    const where = one.line ? [button(`line ${one.line}:${one.column ?? 1}`, () => goTo(one.line, one.column ?? 1), complain), " "] : [];
    return element("p", { class: one.severity === "warning" ? "warn" : "bad" }, ...where, one.message, one.hint ? ` (${one.hint})` : "");
  }

  function goTo(line, column) {
    const start = text.value.split("\n").slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0) + column - 1;
    text.focus();
    text.setSelectionRange(start, start + 1);
    text.scrollTop = (line - 4) * text.scrollHeight / text.value.split("\n").length;
  }

  /** Somebody else was faster: who, and what one can do about it. */
  async function conflict() {
    const { id } = opened;
    const changes = (await get(`v1/history?limit=${SEEN_IN_HISTORY}`)).items;
    const last = changes.find(change => change.changes.some(touched => touched.service === id));
    const said = last ? `${last.author} at ${clock(last.time)}: ${last.action}` : "the history does not say by whom";
    const now = await send("GET", path(id)).catch(error => error);
    if (now instanceof Refused && now.status === 404) {
      return [element("p", { class: "bad" }, `${id} has been removed since you opened it (${said}). Nothing was applied.`),
        button("Make it anew with your text", () => keep(null), complain)];
    }
    if (now instanceof Error) {
      throw now;
    }
    const theirs = layOut(member(await now.text(), "definition"));
    const etag = now.headers.get("etag");
    return [
      element("p", { class: "bad" }, `${id} has been changed since you opened it (${said}). Nothing was applied.`),
      element("p", { class: "buttons" },
        button("Load theirs, lose mine", () => {
          opened.text = text.value;
          return open(id);
        }, complain),
        button("Keep my text, to replace theirs", () => keep(etag), complain)),
      element("details", {}, element("summary", {}, "Theirs"), element("pre", {}, theirs)),
    ];
  }

  function keep(etag) {
    opened.etag = etag;
    edited();
    return check();
  }

  const on = (id, act) => byId(id).addEventListener("click", () => {
    if (byId(id).getAttribute("aria-disabled") !== "true") {
      act().catch(complain);
    }
  });
  on("definition-check", check);
  on("definition-apply", apply);
  on("definition-remove", remove);
  on("definition-close", async () => {
    if (!isEdited() || await ask("Your text is lost", [`The text of ${opened.id} has not been applied.`], "Go on")) {
      put();
    }
  });
  text.addEventListener("input", edited);
  byId("definition-form").addEventListener("submit", event => {
    event.preventDefault();
    open(byId("definition-id").value.trim()).catch(complain);
  });
  window.addEventListener("beforeunload", event => {
    if (isEdited()) {
      event.preventDefault();
    }
  });

  return {
    /** Opens a service's definition, and brings it into view. */
    open: async id => {
      byId("definition-id").value = id;
      await open(id);
      byId("definition").scrollIntoView();
    },
    /** Says at once when what is open is no longer what is stored. */
    update: () => {
      const stored = opened && gateway.services.find(service => service.id === opened.id);
      if (stored && stored.etag !== opened.etag) {
        setText(byId("definition-meanwhile"), "It has been changed meanwhile: a check says by whom.");
      }
    },
  };
}

function path(id) {
  return `v1/services/${encodeURIComponent(id)}`;
}
