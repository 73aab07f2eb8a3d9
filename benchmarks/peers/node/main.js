// Measures libdatachannel, werift or, as the receiver of another process, Chromium: the modes, options and lines of JSON of "purrtc-benchmarks measure".
//   node --expose-gc main.js STACK MODE [SIZE|COUNT] [--options]
import { writeSync } from 'node:fs';
import { measure } from './modes.js';
import { signal } from './signalling.js';

const DEFAULT_NUMBERS = { throughput: 65536, latency: 64, setup: 25, bulk: 100 };

function parse(args) {
  const options = { seconds: 10, warmup: 2, high: 1048576, low: 262144, count: 10000, concurrency: 10, unreliable: false };
  const words = [];
  for (const arg of args) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (name === undefined) {
      words.push(arg);
    } else {
      options[name] = value === undefined ? true : Number(value);
    }
  }
  return { words, options };
}

/** Six digits are enough. */
function rounded(value) {
  if (typeof value === 'number') {
    return Number(value.toPrecision(6));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
  }
  return value;
}

const print = line => writeSync(1, JSON.stringify(rounded(line)) + '\n');

const { words: [name, mode, ...rest], options } = parse(process.argv.slice(2));
const library = await import(`./${name}.js`);
if (library.signal) {
  await library.signal(rest, print);
  process.exit(0);
}
const stack = await library.load();
if (mode === 'signal') {
  const [side, role, size] = rest;
  await signal(stack, { side, role, size: Number(size ?? (role === 'ping' ? 64 : 65536)), options, print });
} else {
  const number = Number(rest[0] ?? DEFAULT_NUMBERS[mode] ?? 0);
  const figures = await measure(stack, mode, number, options);
  print({ peer: name, version: stack.version, mode, size: number, unreliable: options.unreliable, ...figures });
}
process.exit(0);
