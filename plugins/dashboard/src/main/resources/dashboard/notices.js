// What was done and what was refused, at the bottom of the page.

import { byId, element } from "./elements.js";

const SHOWN_MS = 8000;
const MOST = 5;

/** Says that something was done. */
export function say(text) {
  const notice = element("p", { class: "notice" }, text);
  put(notice);
  setTimeout(() => notice.remove(), SHOWN_MS);
}

/** Says what went wrong; it stays until it is put away. */
export function complain(error) {
  const notice = element("div", { class: "notice bad", role: "alert" }, element("p", {}, error.message),
    ...(error.errors || []).map(problem => element("p", {}, problem.message + (problem.hint ? ` (${problem.hint})` : ""))),
    element("button", { type: "button", click: () => notice.remove() }, "Put away"));
  put(notice);
}

/** The oldest give way. */
function put(notice) {
  byId("notices").append(notice);
  while (byId("notices").childElementCount > MOST) {
    byId("notices").firstElementChild.remove();
  }
}
