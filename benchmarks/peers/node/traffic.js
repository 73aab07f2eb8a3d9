// What goes through a channel: messages without end, or round trips.
const SLICE_MILLIS = 5;
const SMALL = 2048;
const SMALL_BETWEEN_LOOKS = 32;
const MISSED_EVENT_MILLIS = 500;
const WARM_UP = 500;

/** Sends until stopped, in slices that let the event loop breathe, with never much more than the high mark waiting. */
export class Feed {
  sent = 0;
  #channel;
  #message;
  #batch;
  #options;
  #stopped = false;
  #waiting = false;

  constructor(channel, size, options) {
    this.#channel = channel;
    this.#message = Buffer.alloc(size);
    this.#batch = size < SMALL ? SMALL_BETWEEN_LOOKS : 1;
    this.#options = options;
    channel.onLow(options.low, () => this.#resume());
    this.#fill();
  }

  stop() {
    this.#stopped = true;
  }

  #resume() {
    if (this.#waiting) {
      this.#waiting = false;
      setImmediate(() => this.#fill());
    }
  }

  #fill() {
    const end = performance.now() + SLICE_MILLIS;
    while (!this.#stopped && performance.now() < end) {
      if (this.#channel.bufferedAmount() >= this.#options.high) {
        this.#waiting = true;
        this.#watch();
        return;
      }
      for (let i = 0; i < this.#batch; i++) {
        this.#channel.send(this.#message);
      }
      this.sent += this.#batch;
    }
    if (!this.#stopped) {
      setImmediate(() => this.#fill());
    }
  }

  /** The event can be missed when the buffer empties while it is being filled. */
  #watch() {
    const sent = this.sent;
    setTimeout(() => {
      if (this.#waiting && !this.#stopped && this.sent === sent) {
        if (this.#channel.bufferedAmount() <= this.#options.low) {
          this.#resume();
        } else {
          this.#watch();
        }
      }
    }, MISSED_EVENT_MILLIS).unref();
  }
}

export function count(channel) {
  const received = { bytes: 0, messages: 0 };
  channel.onMessage(size => {
    received.bytes += size;
    received.messages++;
  });
  return received;
}

export function echo(channel) {
  channel.onMessage((size, data) => channel.send(data));
}

/** The other end must echo. */
export async function ping(channel, size, total) {
  const message = Buffer.alloc(size);
  const micros = new Float64Array(total);
  let index = -Math.max(WARM_UP, total);
  let sent;
  await new Promise(resolve => {
    channel.onMessage(() => {
      const now = performance.now();
      if (index >= 0) {
        micros[index] = (now - sent) * 1000;
      }
      if (++index === total) {
        resolve();
        return;
      }
      sent = performance.now();
      channel.send(message);
    });
    sent = performance.now();
    channel.send(message);
  });
  micros.sort();
  const at = fraction => micros[Math.floor(fraction * total)];
  return { count: total, p50_us: at(0.5), p90_us: at(0.9), p99_us: at(0.99), max_us: micros[total - 1] };
}
