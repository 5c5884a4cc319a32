// Dialogs: the browser's own, so that focus and the Escape key do what they do everywhere.

import { element } from "./elements.js";

/** Shows something until it is put away. */
export function show(title, ...content) {
  const close = element("button", { type: "button", autofocus: true, click: () => dialog.close() }, "Close");
  const dialog = open(title, content, [close]);
}

/**
 * Asks whether something is to be done; a promise of the answer.
 *
 * @param lines what will come of it, a sentence each
 * @param verb  what the button says that does it
 */
export function ask(title, lines, verb) {
  return new Promise(answer => {
    const done = word => element("button", { type: "button", autofocus: word === "", click: () => dialog.close(word) }, word || "Cancel");
    const dialog = open(title, lines.map(line => element("p", {}, line)), [done(""), done(verb)]);
    dialog.addEventListener("close", () => answer(dialog.returnValue === verb));
  });
}

function open(title, content, buttons) {
  const dialog = element("dialog", { "aria-label": title }, element("h2", {}, title), ...content,
    element("p", { class: "buttons" }, ...buttons));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
