// JSON text that is laid out anew without being read: numbers and the order of members stay as they came.

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The text of a member of an object; empty if it has none. */
export function member(text, name) {
  let depth = 0;
  let before = "";
  let found = false;
  let start = -1;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (depth === 1 && start >= 0 && (token === "," || token === "}")) {
      return text.slice(start, index).trim();
    }
    if (depth === 1 && found && token === ":" && start < 0) {
      start = index + 1;
    }
    found = depth === 1 && (before === "{" || before === ",") && token === JSON.stringify(name);
    depth += token === "{" || token === "[" ? 1 : token === "}" || token === "]" ? -1 : 0;
    before = token;
  }
  return "";
}

/** The same text, a member or an element a line. */
export function layOut(text) {
  let indent = "\n";
  let laidOut = "";
  let before = "";
  for (const { 0: token } of text.matchAll(TOKENS)) {
    if (token === "}" || token === "]") {
      indent = indent.slice(0, -2);
      laidOut += (before === "{" || before === "[" ? "" : indent) + token;
    } else {
      laidOut += (before === "{" || before === "[" || before === "," ? indent : before === ":" ? " " : "") + token;
      indent += token === "{" || token === "[" ? "  " : "";
    }
    before = token;
  }
  return laidOut;
}
