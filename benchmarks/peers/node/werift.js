// werift, WebRTC in TypeScript.
import { readFileSync } from 'node:fs';

class Channel {
  #channel;

  constructor(channel) {
    this.#channel = channel;
    this.opened = new Promise(resolve => {
      channel.stateChanged.subscribe(state => state === 'open' && resolve());
      if (channel.readyState === 'open') {
        resolve();
      }
    });
  }

  onMessage(listener) {
    this.#channel.onMessage.subscribe(data => listener(data.length, data));
  }

  onLow(bytes, listener) {
    this.#channel.bufferedAmountLowThreshold = bytes;
    this.#channel.bufferedAmountLow.subscribe(listener);
  }

  bufferedAmount() {
    return this.#channel.bufferedAmount;
  }

  send(data) {
    this.#channel.send(typeof data === 'string' || Buffer.isBuffer(data) ? data : Buffer.from(data));
  }
}

class Peer {
  #connection;

  constructor(library, { onCandidate, onChannel }) {
    this.#connection = new library.RTCPeerConnection({ iceServers: [] });
    this.#connection.onIceCandidate.subscribe(candidate => {
      if (candidate?.candidate) {
        onCandidate({ candidate: candidate.candidate, sdpMid: candidate.sdpMid });
      }
    });
    this.#connection.onDataChannel.subscribe(channel => onChannel(new Channel(channel)));
  }

  createChannel(unreliable) {
    return new Channel(
      this.#connection.createDataChannel('bench', unreliable ? { ordered: false, maxRetransmits: 0 } : { ordered: true }));
  }

  async #setLocal(description) {
    await this.#connection.setLocalDescription(description);
    return this.#connection.localDescription.sdp;
  }

  async offer() {
    return this.#setLocal(await this.#connection.createOffer());
  }

  async answer(sdp) {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp });
    return this.#setLocal(await this.#connection.createAnswer());
  }

  acceptAnswer(sdp) {
    return this.#connection.setRemoteDescription({ type: 'answer', sdp });
  }

  addCandidate({ candidate, sdpMid }) {
    this.#connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex: 0 });
  }

  close() {
    this.#connection.close();
  }
}

export async function load() {
  const library = await import('werift');
  const release = JSON.parse(readFileSync(new URL('node_modules/werift/package.json', import.meta.url))).version;
  return {
    version: `werift ${release}, Node.js ${process.version}`,
    newPeer: listener => new Peer(library, listener),
  };
}
