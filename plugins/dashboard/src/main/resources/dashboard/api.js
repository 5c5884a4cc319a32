// The admin API, asked with the key that this tab keeps. The key travels in a header, never in an address.

const STORED_AS = "sluice-admin-key";
const QUESTION_MS = 20_000;
const CHANGE_MS = 90_000;
const PAGE_SIZE = 1000;
const MOST_PAGES = 20;

/** What the API refuses, in its own words. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail || `the gateway answers ${status}`);
    this.status = status;
    this.errors = problem.errors || [];
  }
}

/** No answer came. */
export class Unreachable extends Error {
}

let key = stored();
let keyRefused = () => {};

function stored() {
  try {
    return sessionStorage.getItem(STORED_AS) || "";
  } catch {
    return "";
  }
}

/** Whether there is a key to ask with. */
export function hasKey() {
  return key !== "";
}

/** Keeps a key for this tab; where the browser keeps nothing, for this page. */
export function keepKey(typed) {
  key = typed;
  try {
    sessionStorage.setItem(STORED_AS, typed);
  } catch {
    // the variable has it
  }
}

export function forgetKey() {
  key = "";
  try {
    sessionStorage.removeItem(STORED_AS);
  } catch {
    // nothing was kept
  }
}

/** Has someone told when the gateway does not take the key. */
export function onKeyRefused(listener) {
  keyRefused = listener;
}

/** Sends a request; a promise of the answer, if it is a good one. */
export async function send(method, path, { body, headers = {}, signal } = {}) {
  const asked = key;
  let answer;
  try {
    answer = await fetch(path, {
      method, body, headers: { ...headers, authorization: `Bearer ${asked}` }, cache: "no-store", credentials: "omit",
      redirect: "error", signal: signal || AbortSignal.timeout(method === "GET" ? QUESTION_MS : CHANGE_MS),
    });
  } catch (error) {
    throw new Unreachable(error.name === "TimeoutError" ? "no answer in time" : "the gateway cannot be reached");
  }
  if (answer.ok) {
    return answer;
  }
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401 && asked === key) {
    forgetKey();
    keyRefused();
  }
  throw new Refused(answer.status, problem);
}

/** The answer to a question. */
export async function get(path) {
  return body(await send("GET", path));
}

/** The answer to a question or a change that has a body. */
export async function post(path, value) {
  return body(await send("POST", path, value === undefined ? {} : { body: JSON.stringify(value) }));
}

async function body(answer) {
  try {
    return await answer.json();
  } catch {
    throw new Unreachable("the answer broke off");
  }
}

/** A whole list, page by page. */
export async function list(path) {
  const items = [];
  let page = { next: "" };
  for (let i = 0; i < MOST_PAGES && page.next !== undefined; i++) {
    page = await get(address(path, { limit: PAGE_SIZE, cursor: page.next }));
    items.push(...page.items);
  }
  return items;
}

/** A path with those parameters that are something. */
export function address(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined));
  return query.size === 0 ? path : `${path}?${query}`;
}
