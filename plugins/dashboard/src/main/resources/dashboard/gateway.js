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

  /** How far the gateway's clock is ahead of this machine's, in milliseconds. */
  clockAhead = 0;

  #told = [];
  #follower = new Events(event => this.#happened(event), live => this.#lives(live));
  #on = false;
  #known = false;
  #reading = false;
  #wanted = new Set();
  #due = Infinity;
  #timer = 0;
  #readAt = 0;
  #slowAt = 0;

  /** Has someone told of each new snapshot. */
  onChange(listener) {
    this.#told.push(listener);
  }

  /** The gateway's clock: this machine's may be wrong. */
  now() {
    return Date.now() + this.clockAhead;
  }

  /** Begins with one question: whether it is there, and takes the key. */
  start() {
    this.#on = true;
    this.#known = false;
    this.#want(STATUS, 0);
  }

  stop() {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#due = Infinity;
    this.#wanted.clear();
    this.#follower.stop();
  }

  /** Reads everything again now. */
  refresh() {
    if (this.#known) {
      this.#want([...QUICK, ...SLOW], 0);
    }
  }

  #want(parts, delay) {
    parts.forEach(part => this.#wanted.add(part));
    this.#due = Math.min(this.#due, Date.now() + delay);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), this.#due - Date.now());
  }

  async #read() {
    if (!this.#on || this.#reading) {
      return;
    }
    this.#reading = true;
    const parts = [...this.#wanted];
    this.#wanted.clear();
    this.#due = Infinity;
    this.#readAt = Date.now();
    await Promise.all(parts.map(part => this.#readPart(part)));
    this.#reading = false;
    if (parts.includes(SLOW[0])) {
      this.#slowAt = Date.now();
    }
    if (this.#on) {
      this.#tell();
      this.#want(this.#next(), QUICK_MS);
    }
  }

  /** Nobody looks at a hidden page: only its title is kept true. */
  #next() {
    if (!this.#known || document.hidden) {
      return STATUS;
    }
    return Date.now() - this.#slowAt > SLOW_MS ? [...QUICK, ...SLOW] : QUICK;
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
    if (!this.#known || before.started_at !== status.started_at) {
      this.#known = true;
      this.events = [];
      this.#follower.restart();
      this.#want([...QUICK, ...SLOW], 0);
    } else if (before.revision !== status.revision || before.problems.length !== status.problems.length) {
      this.#want(SLOW, 0);
    }
  }

  #happened(event) {
    this.events.unshift(event);
    this.events.length = Math.min(this.events.length, KEPT_EVENTS);
    this.#want(OF_TARGETS.has(event.type) ? QUICK : [...QUICK, ...SLOW],
      Math.max(SOON_MS, this.#readAt + MOST_OFTEN_MS - Date.now()));
  }

  #lives(live) {
    this.live = live;
    this.#tell();
  }

  #tell() {
    this.#told.forEach(listener => listener(this));
  }
}
