// libdatachannel by the native interface of node-datachannel.
import { readFileSync, mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defined } from './defined.js';

/** A connection or channel that JavaScript no longer refers to is closed. */
const kept = new Set();

class Channel {
  #channel;

  constructor(channel) {
    kept.add(channel);
    this.#channel = channel;
  }

  listen({ open, closed, message }) {
    this.#channel.onOpen(open);
    this.#channel.onClosed(() => {
      kept.delete(this.#channel);
      closed();
    });
    this.#channel.onMessage(data => message(typeof data === 'string' ? data : new Uint8Array(data)));
  }

  /** What else was agreed on, the interface does not tell. */
  describe() {
    const readyState = this.#channel.isOpen() ? 'open' : 'connecting';
    return { label: this.#channel.getLabel(), protocol: this.#channel.getProtocol(), id: this.#channel.getId() ?? undefined, readyState };
  }

  send(data) {
    if (typeof data === 'string') {
      this.#channel.sendMessage(data);
    } else {
      this.#channel.sendMessageBinary(data);
    }
  }

  bufferedAmount() {
    return this.#channel.bufferedAmount();
  }

  low(limit) {
    this.#channel.setBufferedAmountLowThreshold(limit);
    return new Promise(resolve => this.#channel.onBufferedAmountLow(resolve));
  }

  close() {
    this.#channel.close();
  }
}

class Connection {
  #connection;
  #described = () => {};

  constructor(connection, { candidate, gathered, state, channel }) {
    kept.add(connection);
    this.#connection = connection;
    connection.onLocalDescription(sdp => this.#described(sdp));
    connection.onLocalCandidate((found, sdpMid) => candidate({ candidate: found.replace(/^a=/, ''), sdpMid }));
    connection.onGatheringStateChange(next => next === 'complete' && gathered());
    connection.onStateChange(state);
    connection.onDataChannel(found => channel(new Channel(found)));
  }

  createChannel(label, { ordered = true, maxRetransmits, maxPacketLifeTime, protocol = '', negotiated = false, id }) {
    const options = { unordered: !ordered, maxRetransmits, maxPacketLifeTime, protocol, negotiated, id };
    return new Channel(this.#connection.createDataChannel(label, defined(options)));
  }

  #describe(type) {
    return new Promise(resolve => {
      this.#described = resolve;
      this.#connection.setLocalDescription(type);
    });
  }

  async offer({ restart = false }) {
    if (restart) {
      throw new Error('cannot: PeerConnection of node-datachannel has no way to ask for an ICE restart');
    }
    return this.#describe('offer');
  }

  async answer(sdp) {
    this.#connection.setRemoteDescription(sdp, 'offer');
    return this.#describe('answer');
  }

  async accept(sdp) {
    this.#connection.setRemoteDescription(sdp, 'answer');
  }

  addCandidate({ candidate, sdpMid }) {
    this.#connection.addRemoteCandidate(candidate, sdpMid ?? '0');
  }

  description() {
    return this.#connection.localDescription().sdp;
  }

  close() {
    this.#connection.close();
    kept.delete(this.#connection);
  }
}

export async function load() {
  const library = await import('node-datachannel');
  library.preload();
  const release = JSON.parse(readFileSync(new URL('node_modules/node-datachannel/package.json', import.meta.url))).version;
  return {
    version: `libdatachannel ${library.getLibraryVersion()} (node-datachannel ${release}, Node.js ${process.version})`,
    async connect({ pem }, listener) {
      const options = { iceServers: [], disableAutoNegotiation: true };
      if (!pem) {
        return new Connection(new library.PeerConnection('agent', options), listener);
      }
      const folder = mkdtempSync(join(tmpdir(), 'purrtc-pem-'));
      try {
        const [certificatePemFile, keyPemFile] = ['certificate', 'key'].map(name => join(folder, name));
        writeFileSync(certificatePemFile, pem.certificate);
        writeFileSync(keyPemFile, pem.key);
        return new Connection(new library.PeerConnection('agent', { ...options, certificatePemFile, keyPemFile }), listener);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}
