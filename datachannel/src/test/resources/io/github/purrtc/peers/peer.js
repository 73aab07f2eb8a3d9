'use strict';

// Peers that are this browser's. The test calls the functions below by long polls, and what happens goes back to it as events,
// one a line, each a set of fields in the form of a query string.

const peers = new Map();
const channels = new Map();
const outbox = [];
let posting = false;

async function tell(event) {
  outbox.push(new URLSearchParams(event).toString());
  if (posting) return;
  posting = true;
  while (outbox.length > 0) await fetch('/events', { method: 'POST', body: outbox.splice(0).join('\n') });
  posting = false;
}

/** The byte at that position of what is sent to be counted. */
const pattern = at => (at ^ (at >>> 8) ^ (at >>> 16)) & 0xff;

class Channel {
  constructor(number, channel) {
    this.channel = channel;
    this.sent = 0;
    this.received = 0;
    this.fault = '';
    channel.binaryType = 'arraybuffer';
    for (const type of ['open', 'closing', 'close']) {
      channel.addEventListener(type, () => tell({ kind: 'channel', channel: number, event: type }));
    }
    channel.onerror = ({ error }) => {
      const event = ['error', error.name, error.errorDetail, error.sctpCauseCode].join(' ');
      tell({ kind: 'channel', channel: number, event });
    };
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string') tell({ kind: 'text', channel: number, text: data });
      else this.count(new Uint8Array(data));
    };
  }

  count(bytes) {
    for (let i = 0; i < bytes.length && !this.fault; i++) {
      if (bytes[i] !== pattern(this.received + i)) this.fault = `other bytes at ${this.received + i}`;
    }
    this.received += bytes.length;
  }

  async send(total, messageSize, mostBuffered) {
    const { channel } = this;
    channel.bufferedAmountLowThreshold = mostBuffered / 2;
    for (const end = this.sent + total; this.sent < end; ) {
      if (channel.bufferedAmount > mostBuffered) {
        await new Promise(resolve => channel.addEventListener('bufferedamountlow', resolve, { once: true }));
      }
      const message = new Uint8Array(Math.min(messageSize, end - this.sent));
      for (let i = 0; i < message.length; i++) message[i] = pattern(this.sent + i);
      channel.send(message);
      this.sent += message.length;
    }
  }

  shape() {
    const { label, protocol, ordered, maxPacketLifeTime, maxRetransmits, negotiated, id } = this.channel;
    return [label, protocol, ordered, maxPacketLifeTime, maxRetransmits, negotiated, id]
      .map(value => value === null ? 'none' : value).join('|');
  }
}

/** Negotiates as webrtc-pc §10.7 shows it. */
class Peer {
  constructor(number, polite) {
    this.number = number;
    this.polite = polite;
    this.pc = new RTCPeerConnection();
    this.pc.onnegotiationneeded = () => this.watch('offer', this.offer());
    this.pc.onicecandidate = ({ candidate }) => this.signal('candidate', candidate ? candidate.toJSON() : { candidate: '' });
    this.pc.ondatachannel = ({ channel }) => {
      const incoming = `incoming ${channels.size}`;
      adopt(incoming, channel);
      tell({ kind: 'datachannel', peer: number, channel: incoming });
    };
  }

  watch(what, operation) {
    operation.catch(e => tell({ kind: 'fault', peer: this.number, fault: `${what}: ${e}` }));
  }

  signal(kind, fields) {
    const known = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
    tell({ kind, peer: this.number, ...Object.fromEntries(known) });
  }

  signalDescription() {
    this.signal('description', this.pc.localDescription.toJSON());
  }

  standing() {
    const { signalingState, connectionState, localDescription, remoteDescription } = this.pc;
    const fragment = description => description?.sdp.match(/a=ice-ufrag:(\S+)/)?.[1] ?? '';
    return [signalingState, connectionState, fragment(localDescription), fragment(remoteDescription)].join(' ');
  }

  async offer() {
    try {
      this.makingOffer = true;
      await this.pc.setLocalDescription();
      this.signalDescription();
    } finally {
      this.makingOffer = false;
    }
  }

  async onDescription(description) {
    const ready = !this.makingOffer && (this.pc.signalingState === 'stable' || this.settingRemoteAnswer);
    const collision = description.type === 'offer' && !ready;
    this.ignoresOffer = !this.polite && collision;
    if (this.ignoresOffer) return;
    this.settingRemoteAnswer = description.type === 'answer';
    await this.pc.setRemoteDescription(description);
    this.settingRemoteAnswer = false;
    if (description.type === 'offer') {
      await this.pc.setLocalDescription();
      this.signalDescription();
    }
  }

  async onCandidate(candidate) {
    const ignored = this.ignoresOffer;
    try {
      await this.pc.addIceCandidate(candidate);
    } catch (e) {
      if (!ignored && !this.ignoresOffer) throw e;
    }
  }
}

const adopt = (number, channel) => void channels.set(number, new Channel(number, channel));

/** The fields that have a value; the candidate's may be empty. */
const given = fields =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => value !== '' || name === 'candidate'));

const peer = number => peers.get(number);
const channel = number => channels.get(number);

const functions = {
  createPeer: (number, polite) => void peers.set(number, new Peer(number, polite === 'true')),
  description: (number, type, sdp) => peer(number).watch(type, peer(number).onDescription({ type, sdp })),
  candidate: (number, candidate, sdpMid, sdpMLineIndex, usernameFragment) =>
    peer(number).watch('candidate', peer(number).onCandidate(given({ candidate, sdpMid, sdpMLineIndex, usernameFragment }))),
  createChannel: (number, name, label, protocol, ordered, maxPacketLifeTime, maxRetransmits, id) =>
    adopt(name, peer(number).pc.createDataChannel(label, {
      protocol,
      ordered: ordered === 'true',
      negotiated: id !== '',
      ...given({ maxPacketLifeTime, maxRetransmits, id }),
    })),
  restartIce: number => peer(number).pc.restartIce(),
  standing: number => peer(number).standing(),
  maxMessageSize: number => peer(number).pc.sctp.maxMessageSize,
  closePeer: number => peer(number).pc.close(),
  sendText: (number, text) => channel(number).channel.send(text),
  sendBytes: (number, ...sizes) => channel(number).send(...sizes.map(Number)),
  received: number => [channel(number).received, channel(number).fault].join(' '),
  shape: number => channel(number).shape(),
  readyState: number => channel(number).channel.readyState,
  closeChannel: number => channel(number).channel.close(),
};

async function run(call) {
  const number = call.get('call');
  try {
    const value = await functions[call.get('function')](...call.getAll('argument'));
    tell({ kind: 'result', call: number, value: value ?? '' });
  } catch (e) {
    tell({ kind: 'result', call: number, fault: String(e) });
  }
}

(async () => {
  tell({ kind: 'ready' });
  for (;;) {
    const calls = await (await fetch('/calls')).text();
    calls.split('\n').filter(line => line).forEach(line => run(new URLSearchParams(line)));
  }
})();
