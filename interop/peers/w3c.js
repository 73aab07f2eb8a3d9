// Connections and channels of webrtc-pc, in the shape that the agent uses.

class Channel {
  #channel;

  constructor(channel) {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
  }

  listen({ open, closed, message }) {
    this.#channel.onopen = open;
    this.#channel.onclose = closed;
    this.#channel.onmessage = ({ data }) => message(typeof data === 'string' ? data : new Uint8Array(data));
  }

  describe() {
    const { label, protocol, id, ordered, maxRetransmits, maxPacketLifeTime, negotiated, readyState } = this.#channel;
    return { label, protocol, id, ordered, maxRetransmits, maxPacketLifeTime, negotiated, readyState };
  }

  send(data) {
    this.#channel.send(data);
  }

  bufferedAmount() {
    return this.#channel.bufferedAmount;
  }

  low(limit) {
    this.#channel.bufferedAmountLowThreshold = limit;
    return new Promise(resolve => this.#channel.addEventListener('bufferedamountlow', resolve, { once: true }));
  }

  close() {
    this.#channel.close();
  }
}

class Connection {
  #connection;

  constructor(connection, { candidate, gathered, state, channel }) {
    this.#connection = connection;
    connection.onicecandidate = ({ candidate: found }) => {
      if (found?.candidate) {
        candidate({ candidate: found.candidate, sdpMid: found.sdpMid });
      }
    };
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && gathered();
    connection.onconnectionstatechange = () => state(connection.connectionState);
    connection.ondatachannel = event => channel(new Channel(event.channel));
  }

  createChannel(label, { ordered = true, maxRetransmits, maxPacketLifeTime, protocol = '', negotiated = false, id }) {
    const options = { ordered, maxRetransmits, maxPacketLifeTime, protocol, negotiated };
    return new Channel(this.#connection.createDataChannel(label, negotiated ? { ...options, id: id } : options));
  }

  async #setLocal(description) {
    await this.#connection.setLocalDescription(description);
    return description.sdp;
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
    return this.#connection.addIceCandidate({ candidate, sdpMid });
  }

  description() {
    return this.#connection.localDescription.sdp;
  }

  close() {
    this.#connection.close();
  }
}

const KEYS = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256' },
};

export const w3c = version => ({
  version,
  async connect({ certificate }, listener) {
    const certificates = certificate ? [await RTCPeerConnection.generateCertificate(KEYS[certificate])] : undefined;
    return new Connection(new RTCPeerConnection({ iceServers: [], certificates }), listener);
  },
});
