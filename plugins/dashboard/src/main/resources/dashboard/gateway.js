// What is known of the gateway, kept up to date: at once when something happens, and now and then in any case.

import { Refused, get, list } from "./api.js";
import { Events } from "./events.js";

const SOON_MS = 300;
const MOST_OFTEN_MS = 2000;
const QUICK_MS = 5000;
const SLOW_MS = 60_000;
const KEPT_EVENTS = 100;

const STATUS = ["status"];
const QUICK = ["status", "listeners", "targets"];
const SLOW = ["services", "plugins", "certificates"];
/** What changes often and says nothing of the slow lists. */
const OF_TARGETS = new Set(["HostUp", "HostDown", "HostEjected", "HostReadmitted", "HostOperated"]);

/** A snapshot, and who is told of each new one. */
export class Gateway {
  status = null;
  listeners = [];
  targets = [];
  services = [];
  plugins = [];
  certificates = [];
  events = [];
  /** Parts that could not be read, with the reason. */
  faults = new Map();
  /** Since when the gateway gives no answer; null while it does. */
  lostSince = null;
  seenAt = null;
  live = false;

  #listeners = [];
  #follower = new Events(event => this.#happened(event), live => this.#lives(live));
  #wanted = new Set();
  #running = false;
  #timer = 0;
  #last = 0;
  #slowAt = 0;
  #on = false;

  /** Has someone told of each new snapshot. */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  /** The gateway's clock: this machine's may be wrong. */
  now() {
    return Date.now() + (this.clockAhead || 0);
  }

  start() {
    this.#on = true;
    this.#slowAt = 0;
    this.refresh();
    this.#follower.restart();
  }

  stop() {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#follower.stop();
  }

  /** Reads everything again soon. */
  refresh() {
    this.#want([...QUICK, ...SLOW], 0);
  }

  #want(parts, delay) {
    parts.forEach(part => this.#wanted.add(part));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), delay);
  }

  async #read() {
    if (!this.#on || this.#running) {
      return;
    }
    this.#running = true;
    const parts = [...this.#wanted];
    this.#wanted.clear();
    await Promise.all(parts.map(part => this.#readPart(part)));
    this.#running = false;
    this.#last = Date.now();
    if (parts.includes(SLOW[0])) {
      this.#slowAt = this.#last;
    }
    if (this.#on) {
      this.#tell();
      this.#next();
    }
  }

  /** Nobody looks at a hidden page: it only follows the status, for its title. */
  #next() {
    const slow = Date.now() - this.#slowAt > SLOW_MS ? SLOW : [];
    if (this.#wanted.size > 0) {
      this.#want([], MOST_OFTEN_MS);
    } else if (document.hidden) {
      this.#want(STATUS, QUICK_MS);
    } else {
      this.#want([...QUICK, ...slow], QUICK_MS);
    }
  }

  async #readPart(part) {
    try {
      const value = part === "status" ? await get("v1/status") : await list(`v1/${part}`);
      this.faults.delete(part);
      if (part === "status") {
        this.#alive(value);
      } else {
        this[part] = value;
      }
    } catch (error) {
      this.faults.set(part, error.message);
      if (part === "status" && !(error instanceof Refused)) {
        this.lostSince ??= new Date();
      }
    }
  }

  #alive(status) {
    const before = this.status;
    this.status = status;
    this.lostSince = null;
    this.seenAt = new Date();
    this.clockAhead = Date.parse(status.started_at) + status.uptime * 1000 - Date.now();
    if (before && before.started_at !== status.started_at) {
      this.events = [];
      this.#follower.restart();
    }
    if (before && (before.revision !== status.revision || before.problems.length !== status.problems.length)) {
      SLOW.forEach(part => this.#wanted.add(part));
    }
  }

  #happened(event) {
    this.events.unshift(event);
    this.events.length = Math.min(this.events.length, KEPT_EVENTS);
    this.#want(OF_TARGETS.has(event.type) ? QUICK : [...QUICK, ...SLOW],
      Math.max(SOON_MS, this.#last + MOST_OFTEN_MS - Date.now()));
  }

  #lives(live) {
    this.live = live;
    this.#tell();
  }

  #tell() {
    this.#listeners.forEach(listener => listener(this));
  }
}
