// What a change does, in words.

/** One service's part of a change, beside how many connections there are. */
export function changeInWords(change, connections) {
  const fields = change.fields.length > 0 ? ` (${change.fields.join(", ")})` : "";
  return `${change.service} is ${change.change}${fields}: affects ${change.connections_affected} of ${connections} connections; ${change.connections_closed} closed`;
}
