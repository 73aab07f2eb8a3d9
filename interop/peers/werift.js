// werift, WebRTC in TypeScript.
import { readFileSync } from 'node:fs';
import { defined } from './defined.js';

class Channel {
  #channel;

  constructor(channel) {
    this.#channel = channel;
  }

  listen({ open, closed, message }) {
    this.#channel.stateChanged.subscribe(state => {
      if (state === 'open') {
        open();
      } else if (state === 'closed') {
        closed();
      }
    });
    this.#channel.onMessage.subscribe(data => message(typeof data === 'string' ? data : new Uint8Array(data)));
  }

  describe() {
    const { label, protocol, id, ordered, maxRetransmits, maxPacketLifeTime, negotiated, readyState } = this.#channel;
    return { label, protocol, id: id ?? undefined, ordered, maxRetransmits, maxPacketLifeTime, negotiated, readyState };
  }

  send(data) {
    this.#channel.send(typeof data === 'string' ? data : Buffer.from(data));
  }

  bufferedAmount() {
    return this.#channel.bufferedAmount;
  }

  low(limit) {
    this.#channel.bufferedAmountLowThreshold = limit;
    return new Promise(resolve => this.#channel.bufferedAmountLow.once(resolve));
  }

  close() {
    this.#channel.close();
  }
}

class Connection {
  #connection;

  constructor(connection, { candidate, gathered, state, channel }) {
    this.#connection = connection;
    connection.onIceCandidate.subscribe(found => {
      if (found?.candidate) {
        candidate({ candidate: found.candidate, sdpMid: found.sdpMid });
      }
    });
    connection.iceGatheringStateChange.subscribe(next => next === 'complete' && gathered());
    connection.connectionStateChange.subscribe(state);
    connection.onDataChannel.subscribe(found => channel(new Channel(found)));
  }

  createChannel(label, { ordered = true, maxRetransmits, maxPacketLifeTime, protocol = '', negotiated = false, id }) {
    const options = { ordered, maxRetransmits, maxPacketLifeTime, protocol, negotiated, id };
    return new Channel(this.#connection.createDataChannel(label, defined(options)));
  }

  async #setLocal(description) {
    await this.#connection.setLocalDescription(description);
    return this.description();
  }

  async offer({ restart = false }) {
    return this.#setLocal(await this.#connection.createOffer({ iceRestart: restart }));
  }

  async answer(sdp) {
    await this.#connection.setRemoteDescription({ type: 'offer', sdp });
    return this.#setLocal(await this.#connection.createAnswer());
  }

  accept(sdp) {
    return this.#connection.setRemoteDescription({ type: 'answer', sdp });
  }

  addCandidate({ candidate, sdpMid }) {
    return this.#connection.addIceCandidate({ candidate, sdpMid, sdpMLineIndex: 0 });
  }

  description() {
    return this.#connection.localDescription.sdp;
  }

  close() {
    return this.#connection.close();
  }
}

// RFC 5246 §7.4.1.4.1: SHA-256 with RSA or ECDSA.
const SIGNATURES = { rsa: { hash: 4, signature: 1 }, ecdsa: { hash: 4, signature: 3 } };

export async function load() {
  const { RTCPeerConnection } = await import('werift');
  const release = JSON.parse(readFileSync(new URL('node_modules/werift/package.json', import.meta.url))).version;
  return {
    version: `werift ${release} (Node.js ${process.version})`,
    async connect({ certificate, pem }, listener) {
      const dtls = pem && { keys: { certPem: pem.certificate, keyPem: pem.key, signatureHash: SIGNATURES[certificate] } };
      return new Connection(new RTCPeerConnection({ iceServers: [], ...(dtls && { dtls }) }), listener);
    },
  };
}
