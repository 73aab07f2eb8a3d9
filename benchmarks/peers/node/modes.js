// The measurements with both ends in this process.
import { readFileSync } from 'node:fs';
import { connect } from './pair.js';
import { Feed, count, echo, ping } from './traffic.js';

const UNMEASURED = 2;
const MEMORY_PAIRS = [50, 100];

export const sleep = seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000));

export function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const modes = { throughput, latency, setup, memory, bulk };

export async function measure(stack, mode, number, options) {
  if (!(mode in modes)) {
    throw new Error(`no such mode: ${mode}`);
  }
  return modes[mode](stack, number, options);
}

async function throughput(stack, size, options) {
  const pair = await connect(stack, options.unreliable);
  const received = count(pair.far);
  const feed = new Feed(pair.near, size, options);
  const now = () => ({ ...received, sent: feed.sent, cpu: cpuSeconds(), millis: performance.now() });
  await sleep(options.warmup);
  const start = now();
  await sleep(options.seconds);
  const end = now();
  feed.stop();
  const seconds = (end.millis - start.millis) / 1000;
  const bytes = end.bytes - start.bytes;
  const cpu = end.cpu - start.cpu;
  return {
    MBps: bytes / seconds / 1e6,
    msgs_s: (end.messages - start.messages) / seconds,
    sent_s: (end.sent - start.sent) / seconds,
    secs: seconds,
    cpu_s: cpu,
    cpu_s_per_GB: cpu / (bytes / 1e9),
  };
}

async function latency(stack, size, options) {
  const pair = await connect(stack, options.unreliable);
  echo(pair.far);
  return ping(pair.near, size, options.count);
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1],
    min: sorted[0],
    max: sorted[sorted.length - 1],
    p90: sorted[Math.floor(0.9 * sorted.length)],
  };
}

async function setup(stack, total, options) {
  const fromOffer = [];
  const fromConstructors = [];
  for (let i = -UNMEASURED; i < total; i++) {
    const pair = await connect(stack, options.unreliable);
    if (i >= 0) {
      fromOffer.push(pair.setupMillis);
      fromConstructors.push(pair.setupWithConstructorsMillis);
    }
    pair.close();
    await sleep(0.05);
  }
  return { count: total, setup_ms: spread(fromOffer), setupWithCtor_ms: spread(fromConstructors) };
}

function status(key) {
  global.gc?.();
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}

async function memory(stack, number, options) {
  (await connect(stack, options.unreliable)).close();
  await sleep(2);
  const base = status('VmRSS') * 1024;
  const pairs = [];
  const figures = { base_MB: base / 1e6, base_threads: status('Threads') };
  for (const total of number ? [number] : MEMORY_PAIRS) {
    while (pairs.length < total) {
      pairs.push(await connect(stack, options.unreliable));
    }
    await sleep(2);
    const resident = status('VmRSS') * 1024;
    const cpu = cpuSeconds();
    await sleep(options.seconds);
    const share = (100 * (cpuSeconds() - cpu)) / options.seconds;
    figures[`pairs${total}`] = {
      rss_MB: resident / 1e6,
      kB_per_pair: (resident - base) / total / 1e3,
      kB_per_connection: (resident - base) / total / 2e3,
      threads: status('Threads'),
      idle_cpu_percent: share,
      idle_cpu_percent_per_1000: (share * 1000) / (2 * total),
    };
  }
  return figures;
}

async function bulk(stack, total, options) {
  (await connect(stack, options.unreliable)).close();
  await sleep(0.3);
  let begun = 0;
  let connected = 0;
  let failed = 0;
  const cpu = cpuSeconds();
  const start = performance.now();
  const worker = async () => {
    while (begun++ < total) {
      try {
        await connect(stack, options.unreliable);
        connected++;
      } catch (e) {
        console.error('a pair did not connect:', e);
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, worker));
  const seconds = (performance.now() - start) / 1000;
  return {
    pairs: connected,
    failed,
    concurrency: options.concurrency,
    secs: seconds,
    pairs_per_s: connected / seconds,
    cpu_ms_per_pair: ((cpuSeconds() - cpu) * 1000) / connected,
  };
}
