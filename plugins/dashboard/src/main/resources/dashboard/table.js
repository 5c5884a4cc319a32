// Tables that are kept up to date in place: their rows stay the same elements as long as their items are there, so focus
// and selected text outlive an update.

import { button, element, setText } from "./elements.js";
import { complain } from "./notices.js";

const MOST_ROWS = 200;

/**
 * A table.
 *
 * A column has a `title` and either `text`, a function of the item, with perhaps `tone` (a class of style), `number`
 * (aligned as such) and `long` (broken anywhere), or `actions`: each with a `label`, `act`, and perhaps `off`, whether it
 * makes no sense now.
 */
export class Table {
  #columns;
  #key;
  #name;
  #empty;
  #rows = new Map();
  #body = element("tbody", { role: "rowgroup" });
  #table;
  #note = element("p", { class: "muted" });

  /**
   * @param caption what it shows, for those who do not see it
   * @param key     tells items apart
   * @param name    what an item is called, for its buttons
   * @param empty   what is said when there is none
   */
  constructor({ caption, columns, key, name = key, empty }) {
    this.#columns = columns;
    this.#key = key;
    this.#name = name;
    this.#empty = empty;
    const head = element("tr", { role: "row" }, ...columns.map(column => element("th",
      { scope: "col", role: "columnheader", class: column.number ? "number" : null }, column.title)));
    this.#table = element("table", { role: "table", "aria-label": caption },
      element("thead", { role: "rowgroup" }, head), this.#body);
  }

  get elements() {
    return [element("div", { class: "scroll" }, this.#table), this.#note];
  }

  /** Shows these items; of many the first ones. */
  show(items) {
    const shown = items.slice(0, MOST_ROWS);
    const before = this.#rows;
    this.#rows = new Map();
    for (const item of shown) {
      const key = this.#key(item);
      const row = before.get(key) || this.#row(item);
      before.delete(key);
      this.#rows.set(key, row);
      this.#update(row, item);
    }
    before.forEach(row => row.element.remove());
    this.#arrange();
    this.#table.hidden = shown.length === 0;
    setText(this.#note, items.length === 0 ? this.#empty : items.length > shown.length
      ? `The first ${shown.length} of ${items.length}; a filter finds the others.` : "");
  }

  #row(first) {
    const row = { item: first, cells: [], buttons: [] };
    row.cells = this.#columns.map(column => element("td", { role: "cell", "data-title": column.title,
      class: column.actions ? "actions" : null }, ...(column.actions || []).map(action => {
      const made = button(action.label, () => action.act(row.item), complain,
        { "aria-label": `${action.label}: ${this.#name(first)}` });
      row.buttons.push({ made, action });
      return made;
    })));
    row.element = element("tr", { role: "row" }, ...row.cells);
    return row;
  }

  #update(row, item) {
    row.item = item;
    this.#columns.forEach((column, i) => {
      if (column.text) {
        setText(row.cells[i], String(column.text(item) ?? ""));
        row.cells[i].className = [column.number ? "number" : column.long ? "long" : "", column.tone ? column.tone(item) : ""].join(" ").trim();
      }
    });
    row.buttons.forEach(({ made, action }) => made.setAttribute("aria-disabled", Boolean(action.off?.(item))));
  }

  /** An element that is moved loses the focus, so only those that stand wrong are. */
  #arrange() {
    const focused = document.activeElement;
    let place = this.#body.firstChild;
    for (const row of this.#rows.values()) {
      if (row.element === place) {
        place = place.nextSibling;
      } else {
        this.#body.insertBefore(row.element, place);
      }
    }
    if (focused !== document.activeElement && this.#body.contains(focused)) {
      focused.focus();
    }
  }
}
