// libdatachannel by the native interface of node-datachannel.
import { readFileSync } from 'node:fs';

const RELIABLE = {};
const UNRELIABLE = { unordered: true, maxRetransmits: 0 };

class Channel {
  #channel;

  constructor(channel) {
    this.#channel = channel;
    this.opened = new Promise(resolve => {
      channel.onOpen(resolve);
      if (channel.isOpen()) {
        resolve();
      }
    });
  }

  onMessage(listener) {
    this.#channel.onMessage(data => listener(data.byteLength ?? data.length, data));
  }

  onLow(bytes, listener) {
    this.#channel.setBufferedAmountLowThreshold(bytes);
    this.#channel.onBufferedAmountLow(listener);
  }

  bufferedAmount() {
    return this.#channel.bufferedAmount();
  }

  send(data) {
    if (typeof data === 'string') {
      this.#channel.sendMessage(data);
    } else {
      this.#channel.sendMessageBinary(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
    }
  }
}

/** A connection or channel that JavaScript no longer refers to is closed. */
const kept = new Set();

class Peer {
  #connection;
  #channels = [];
  #described = () => {};

  constructor(library, { onCandidate, onChannel }) {
    kept.add(this);
    this.#connection = new library.PeerConnection('bench', {
      iceServers: [],
      disableAutoNegotiation: true,
      maxMessageSize: 1 << 20,
    });
    this.#connection.onLocalDescription(sdp => this.#described(sdp));
    this.#connection.onLocalCandidate((candidate, sdpMid) => onCandidate({ candidate: candidate.replace(/^a=/, ''), sdpMid }));
    this.#connection.onDataChannel(channel => onChannel(this.#follow(channel)));
  }

  #describe(type) {
    return new Promise(resolve => {
      this.#described = resolve;
      this.#connection.setLocalDescription(type);
    });
  }

  #follow(channel) {
    const followed = new Channel(channel);
    this.#channels.push(followed);
    return followed;
  }

  createChannel(unreliable) {
    return this.#follow(this.#connection.createDataChannel('bench', unreliable ? UNRELIABLE : RELIABLE));
  }

  offer() {
    return this.#describe('offer');
  }

  answer(sdp) {
    this.#connection.setRemoteDescription(sdp, 'offer');
    return this.#describe('answer');
  }

  async acceptAnswer(sdp) {
    this.#connection.setRemoteDescription(sdp, 'answer');
  }

  addCandidate({ candidate, sdpMid }) {
    this.#connection.addRemoteCandidate(candidate, sdpMid);
  }

  close() {
    this.#connection.close();
    kept.delete(this);
  }
}

export async function load() {
  const library = await import('node-datachannel');
  library.preload();
  const release = JSON.parse(readFileSync(new URL('node_modules/node-datachannel/package.json', import.meta.url))).version;
  return {
    version: `libdatachannel ${library.getLibraryVersion?.() ?? ''} by node-datachannel ${release}, Node.js ${process.version}`,
    newPeer: listener => new Peer(library, listener),
  };
}
