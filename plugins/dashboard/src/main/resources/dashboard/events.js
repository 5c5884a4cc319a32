// What happens in the gateway, as it happens. EventSource sends no headers, so the stream is read by hand.

import { Refused, address, send } from "./api.js";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
// the gateway gives a sign of life every 15 s
const SILENCE_MS = 40_000;

/** Follows the events; after a break it goes on behind the last one, more and more patiently. */
export class Events {
  #tell;
  #say;
  #last = "";
  #stream = null;

  /**
   * @param tell called with each event: id, type, data
   * @param say  called with whether they come at once
   */
  constructor(tell, say) {
    this.#tell = tell;
    this.#say = say;
  }

  start() {
    this.stop();
    this.#stream = new AbortController();
    this.#follow(this.#stream);
  }

  stop() {
    this.#stream?.abort();
    this.#stream = null;
  }

  /** Begins anew: what another run of the gateway told is over. */
  restart() {
    this.#last = "";
    this.start();
  }

  async #follow(stream) {
    let pause = FIRST_PAUSE_MS;
    while (stream === this.#stream) {
      try {
        await this.#read(stream, () => { pause = FIRST_PAUSE_MS; });
      } catch (error) {
        if (error instanceof Refused && error.status === 401) {
          return;
        }
      }
      if (stream !== this.#stream) {
        return;
      }
      this.#say(false);
      await new Promise(resume => setTimeout(resume, pause * (0.75 + Math.random() / 2)));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  async #read(stream, lives) {
    const breaks = new AbortController();
    const abort = () => breaks.abort();
    stream.signal.addEventListener("abort", abort);
    let silence = setTimeout(abort, SILENCE_MS);
    try {
      const known = this.#last === "" ? {} : { "last-event-id": this.#last };
      const answer = await send("GET", address("v1/events", this.#last === "" ? { after: 0 } : {}),
        { headers: known, signal: breaks.signal });
      this.#say(true);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        lives();
        clearTimeout(silence);
        silence = setTimeout(abort, SILENCE_MS);
        const blocks = (text + part.value).split("\n\n");
        text = blocks.pop();
        blocks.forEach(block => this.#take(block));
      }
    } finally {
      clearTimeout(silence);
      stream.signal.removeEventListener("abort", abort);
    }
  }

  #take(block) {
    const fields = {};
    for (const line of block.split("\n")) {
      const colon = line.indexOf(": ");
      if (colon > 0) {
        fields[line.slice(0, colon)] = line.slice(colon + 2);
      }
    }
    if (fields.id !== undefined) {
      this.#last = fields.id;
      this.#tell({ id: fields.id, type: fields.event, data: JSON.parse(fields.data || "{}") });
    }
  }
}
