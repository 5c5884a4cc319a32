// Elements of the page. What is text stays text: nothing here, or anywhere else, makes markup of it.

/**
 * An element.
 *
 * @param attributes by name; a function is a listener, true an attribute without a value, false and null none
 * @param children   elements, and text as anything else
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(attribute, value);
    } else if (value === true) {
      made.setAttribute(attribute, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(attribute, value);
    }
  }
  made.append(...children.map(child => child instanceof Node ? child : String(child)));
  return made;
}

/** The element of the page with an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Sets text, if it is another: a selection in it stays otherwise. */
export function setText(of, text) {
  if (of.textContent !== text) {
    of.textContent = text;
  }
}

/**
 * A button that does something once at a time and says what went wrong.
 *
 * @param act    called with nothing; may give a promise
 * @param failed called with an error
 */
export function button(label, act, failed, attributes = {}) {
  let busy = false;
  // a disabled button would lose the focus
  const made = element("button", { type: "button", ...attributes, click: async () => {
    if (busy || made.getAttribute("aria-disabled") === "true") {
      return;
    }
    busy = true;
    made.setAttribute("aria-busy", "true");
    try {
      await act();
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
      made.removeAttribute("aria-busy");
    }
  } }, label);
  return made;
}
