// One end of a connection that does what it is told, whatever the stack; README.md says what it can be told. Agent.java is its like.
import { fill, fillText, isFill } from './pattern.js';

const HIGH_BYTES = 1 << 20;
const LOW_BYTES = 256 << 10;
const LONGEST_TEXT = 1000;
const POLL_MILLIS = 20;

const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

class Channel {
  #channel;
  #number;
  #say;
  #onMessage = data => this.#report(data);

  constructor(channel, number, say) {
    this.#channel = channel;
    this.#number = number;
    this.#say = say;
    channel.listen({
      open: () => this.#say({ event: 'open', ...this.describe() }),
      closed: () => this.#say({ event: 'closed', channel: this.#number }),
      message: data => this.#onMessage(data),
    });
  }

  describe() {
    return { channel: this.#number, ...this.#channel.describe() };
  }

  #report(data) {
    const message = { event: 'message', channel: this.#number, kind: typeof data === 'string' ? 'text' : 'binary', size: data.length };
    if (typeof data !== 'string') {
      message.intact = isFill(data.length, data);
    } else if (data.length <= LONGEST_TEXT) {
      message.text = data;
    } else {
      message.intact = data === fillText(data.length, data.length);
    }
    this.#say(message);
  }

  send({ kind, text, size }) {
    this.#channel.send(text ?? (kind === 'text' ? fillText(size, size) : fill(size, size)));
  }

  async #drain(limit) {
    while (this.#channel.bufferedAmount() > limit) {
      await Promise.race([this.#channel.low(limit), pause(POLL_MILLIS)]);
    }
  }

  /** So many bytes in messages of that size, each filled from its number. */
  async flood({ bytes, size }) {
    for (let number = 0, sent = 0; sent < bytes; number++) {
      const message = fill(number, Math.min(size, bytes - sent));
      if (this.#channel.bufferedAmount() > HIGH_BYTES) {
        await this.#drain(LOW_BYTES);
      }
      this.#channel.send(message);
      sent += message.length;
    }
    await this.#drain(0);
  }

  /** Compares what comes with what a flood sends. */
  sink({ bytes }) {
    const start = performance.now();
    let received = 0;
    let number = 0;
    let bad = 0;
    this.#onMessage = data => {
      bad += isFill(number++, data) ? 0 : 1;
      received += data.length;
      if (received >= bytes) {
        this.#say({ event: 'sunk', channel: this.#number, bytes: received, messages: number, bad, millis: performance.now() - start });
      }
    };
  }

  /** A numbered message every so many milliseconds. */
  async ticks({ millis, every, size }) {
    const start = performance.now();
    let number = 0;
    for (let elapsed = 0; elapsed < millis; elapsed = performance.now() - start) {
      while (number * every <= elapsed) {
        const message = fill(number, size);
        new DataView(message.buffer).setUint32(0, number++);
        this.#channel.send(message);
      }
      await pause(every);
    }
    return { sent: number };
  }

  /** Counts what comes of ticks. */
  count() {
    const numbers = new Set();
    let last = performance.now();
    let longest = 0;
    let twice = 0;
    this.#onMessage = data => {
      const number = new DataView(data.buffer, data.byteOffset).getUint32(0);
      twice += numbers.has(number) ? 1 : 0;
      numbers.add(number);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    };
    this.counted = () => ({ received: numbers.size, twice, longestGapMillis: Math.max(longest, performance.now() - last) });
  }

  close() {
    this.#channel.close();
  }
}

/** The stack gives connections and channels of the shape that w3c.js has. */
export class Agent {
  #stack;
  #say;
  #connection;
  /** Of all connections: what an earlier one says late is not taken for the next one's. */
  #channels = [];

  constructor(stack, say) {
    this.#stack = stack;
    this.#say = say;
    say({ event: 'hello', version: stack.version });
  }

  async hear({ request, command, ...options }) {
    try {
      this.#say({ reply: request, result: (await this.#obey(command, options)) ?? {} });
    } catch (e) {
      this.#say({ reply: request, error: `${e?.message ?? e}` });
    }
  }

  #follow(channel) {
    const followed = new Channel(channel, this.#channels.length, this.#say);
    this.#channels.push(followed);
    return followed.describe();
  }

  async #connect(options) {
    this.#connection?.close();
    this.#connection = await this.#stack.connect(options, {
      candidate: candidate => this.#say({ event: 'candidate', ...candidate }),
      gathered: () => this.#say({ event: 'gathered' }),
      state: state => this.#say({ event: 'state', state }),
      channel: channel => this.#say({ event: 'channel', ...this.#follow(channel) }),
    });
  }

  #obey(command, options) {
    const channel = this.#channels[options.channel];
    switch (command) {
      case 'connect':
        return this.#connect(options);
      case 'channel':
        return this.#follow(this.#connection.createChannel(options.label, options));
      case 'offer':
        return this.#connection.offer(options).then(sdp => ({ sdp }));
      case 'answer':
        return this.#connection.answer(options.sdp).then(sdp => ({ sdp }));
      case 'accept':
        return this.#connection.accept(options.sdp);
      case 'candidate':
        return this.#connection.addCandidate(options);
      case 'description':
        return { sdp: this.#connection.description() };
      case 'close':
        return this.#connection.close();
      case 'send':
        return channel.send(options);
      case 'flood':
        return channel.flood(options);
      case 'sink':
        return channel.sink(options);
      case 'ticks':
        return channel.ticks(options);
      case 'count':
        return channel.count();
      case 'counted':
        return channel.counted();
      case 'close-channel':
        return channel.close();
      default:
        throw new Error(`unknown command ${command}`);
    }
  }
}
