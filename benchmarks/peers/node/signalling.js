// One end of a connection to another process: a line of JSON for each thing that is said, on standard input and output.
import { createInterface } from 'node:readline';
import { CandidateGate } from './pair.js';
import { cpuSeconds, sleep } from './modes.js';
import { Feed, count, echo, ping } from './traffic.js';

const parts = {
  echo: channel => {
    echo(channel);
    return async () => {};
  },

  sink: (channel, { print }) => {
    const received = count(channel);
    return async () => {
      let last = { ...received, millis: performance.now() };
      for (;;) {
        await sleep(0.25);
        const now = { ...received, millis: performance.now() };
        const seconds = (now.millis - last.millis) / 1000;
        print({
          event: 'stat',
          MBps: (now.bytes - last.bytes) / seconds / 1e6,
          msgs_s: (now.messages - last.messages) / seconds,
          bytes: now.bytes,
          msgs: now.messages,
        });
        last = now;
      }
    };
  },

  source: (channel, { size, options, print }) => async () => {
    const feed = new Feed(channel, size, options);
    await sleep(options.warmup);
    print({ event: 'begin' });
    const start = { sent: feed.sent, cpu: cpuSeconds(), millis: performance.now() };
    await sleep(options.seconds);
    const seconds = (performance.now() - start.millis) / 1000;
    const rate = (feed.sent - start.sent) / seconds;
    print({
      event: 'result',
      role: 'source',
      size,
      sent_MBps: (rate * size) / 1e6,
      sent_msgs_s: rate,
      secs: seconds,
      cpu_s: cpuSeconds() - start.cpu,
    });
    feed.stop();
  },

  ping: (channel, { size, options, print }) => async () => {
    print({ event: 'begin' });
    print({ event: 'result', role: 'ping', size, ...(await ping(channel, size, options.count)) });
  },
};

/** Resolves when the other end said bye, or nothing more. */
export async function signal(stack, settings) {
  const { side, role, options, print } = settings;
  print({ event: 'version', version: stack.version });
  const gate = new CandidateGate();
  const use = channel => {
    const play = parts[role](channel, settings);
    channel.opened
      .then(() => print({ event: 'open' }))
      .then(play)
      .catch(e => print({ event: 'error', error: String(e) }));
  };
  const peer = stack.newPeer({ onCandidate: print, onChannel: use });
  const hear = {
    async offer(sdp) {
      print({ type: 'answer', sdp: await peer.answer(sdp) });
      gate.open(peer);
    },
    async answer(sdp) {
      await peer.acceptAnswer(sdp);
      gate.open(peer);
    },
  };
  if (side === 'offer') {
    use(peer.createChannel(options.unreliable));
    print({ type: 'offer', sdp: await peer.offer() });
  }
  for await (const line of createInterface({ input: process.stdin })) {
    const said = line.trim() === '' ? {} : JSON.parse(line);
    if (said.type === 'bye') {
      break;
    }
    if (said.type in hear) {
      await hear[said.type](said.sdp);
    } else if (said.candidate) {
      gate.add(said);
    }
  }
  peer.close();
}
