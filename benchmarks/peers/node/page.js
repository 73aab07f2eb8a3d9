// The answering end in a browser: counts what comes on a channel, or sends it back.
const TELL_MILLIS = 250;

let saying = Promise.resolve();
/** One after the other, so that the order stays. */
const print = line => (saying = saying.then(() => fetch('/say', { method: 'POST', body: JSON.stringify(line) })));

const connection = new RTCPeerConnection();
const early = [];
let described = false;
let role;

const count = channel => {
  const received = { bytes: 0, msgs: 0 };
  channel.onmessage = ({ data }) => {
    received.bytes += data.byteLength;
    received.msgs++;
  };
  setInterval(() => print({ event: 'stat', ...received }), TELL_MILLIS);
};

connection.ondatachannel = ({ channel }) => {
  channel.binaryType = 'arraybuffer';
  if (role === 'echo' || channel.label === 'small') {
    channel.onmessage = ({ data }) => channel.send(data);
  } else {
    count(channel);
  }
};
connection.onicecandidate = ({ candidate }) => {
  if (candidate?.candidate) {
    print({ candidate: candidate.candidate, sdpMid: candidate.sdpMid });
  }
};

async function hear(said) {
  if (said.role) {
    role = said.role;
  } else if (said.type === 'offer') {
    await connection.setRemoteDescription(said);
    await connection.setLocalDescription();
    print({ type: 'answer', sdp: connection.localDescription.sdp });
    described = true;
    early.splice(0).forEach(candidate => connection.addIceCandidate(candidate));
  } else if (said.candidate) {
    const candidate = { candidate: said.candidate, sdpMid: said.sdpMid };
    if (described) {
      await connection.addIceCandidate(candidate);
    } else {
      early.push(candidate);
    }
  }
}

new EventSource('/hear').onmessage = ({ data }) => hear(JSON.parse(data)).catch(e => print({ event: 'error', error: String(e) }));
