'use strict';

// The page of the echo server: signalling over a WebSocket, messages over a data channel. What is for chats alone is in chat.js.

const MAX_LINES = 200;
const MAX_LINE_CHARS = 300;
const HANG_UP_LIMIT_MILLIS = 1000;

const STATES = ['signalling', 'gathering', 'ICE', 'connection', 'channel'];
const GOOD = new Set(['stable', 'complete', 'connected', 'completed', 'open']);
const BAD = new Set(['failed', 'disconnected']);
const IDLE = new Set(['new', 'closed', '–']);

const element = id => document.getElementById(id);
const encoder = new TextEncoder();

/** One connection, from Start to Stop: with the server, which makes the offer and the channel. */
class Call {
  constructor() {
    this.startedAt = performance.now();
    this.pending = [];
    this.early = [];
    this.ended = false;
  }

  start() {
    this.socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/connect`);
    this.socket.onopen = () => this.introduce();
    this.socket.onmessage = event => this.onSignal(JSON.parse(event.data));
    this.socket.onclose = () => this.onServerGone();
    this.connection = new RTCPeerConnection();
    this.watch('signalling', this.connection, 'signalingState', 'signalingstatechange');
    this.watch('gathering', this.connection, 'iceGatheringState', 'icegatheringstatechange');
    this.watch('ICE', this.connection, 'iceConnectionState', 'iceconnectionstatechange');
    this.watch('connection', this.connection, 'connectionState', 'connectionstatechange');
    this.connection.onicecandidate = ({ candidate }) => this.signal({ type: 'candidate', candidate });
    this.connection.ondatachannel = ({ channel }) => this.onChannel(channel);
    this.connection.addEventListener('connectionstatechange', () => {
      if (this.connection.connectionState === 'failed') this.end('The connection failed.');
    });
  }

  introduce() {
    this.signal({ type: 'msg', msg: `Hello from ${navigator.userAgent}` });
    this.signal({ type: 'call' });
  }

  onServerGone() {
    this.end('The server has gone.');
  }

  signal(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  watch(name, target, property, event) {
    const show = () => this.showState(name, target[property]);
    target.addEventListener(event, show);
    show();
  }

  /** A call that has ended may have its last events while the next one is shown. */
  get shown() {
    return echo.call === this;
  }

  showState(name, value) {
    if (this.shown) showState(name, value, performance.now() - this.startedAt);
  }

  onSignal(message) {
    if (message.type === 'offer') this.answer(message.sdp).catch(error => this.end(`The offer was refused: ${error.message}`));
    else if (message.type === 'candidate') this.addCandidate(message.candidate);
    else if (message.type === 'error') showError(`The server says: ${message.message}`);
  }

  async answer(sdp) {
    showDescription('offer', sdp);
    await this.connection.setRemoteDescription({ type: 'offer', sdp });
    await this.connection.setLocalDescription();
    this.signal({ type: 'answer', sdp: this.connection.localDescription.sdp });
    this.showLocal('answer');
    this.addEarly();
  }

  /** Shows the local description, now and when all candidates are in it. */
  showLocal(name) {
    const show = () => { if (this.shown) showDescription(name, this.connection.localDescription.sdp); };
    this.connection.addEventListener('icegatheringstatechange', show);
    show();
  }

  addEarly() {
    for (const candidate of this.early.splice(0)) this.addCandidate(candidate);
  }

  addCandidate(candidate) {
    if (!this.connection.remoteDescription) {
      this.early.push(candidate);
      return;
    }
    const show = () => { if (this.shown) showDescription(this.connection.remoteDescription.type, this.connection.remoteDescription.sdp); };
    this.connection.addIceCandidate(candidate).then(show).catch(error => showError(`A candidate was refused: ${error.message}`));
  }

  onChannel(channel) {
    this.channel = channel;
    channel.binaryType = 'arraybuffer';
    this.watchChannel(channel);
    channel.onmessage = ({ data }) => this.onMessage(data);
    channel.onerror = ({ error }) => { if (!this.ended) showError(`The channel failed: ${error.message}`); };
  }

  watchChannel(channel) {
    const show = () => {
      this.showState('channel', channel.readyState);
      if (!this.ended) enableSending(channel.readyState === 'open');
      if (channel.readyState === 'open') this.onOpen();
      if (channel.readyState === 'closed') this.end(this.closedByOther);
    };
    for (const event of ['open', 'closing', 'close']) channel.addEventListener(event, show);
    show();
  }

  get closedByOther() {
    return 'The server closed the channel.';
  }

  onOpen() {
    showSummary();
  }

  /** Sends a text, or bytes. */
  send(data) {
    this.pending.push({ data, sentAt: performance.now() });
    this.channel.send(data);
  }

  onMessage(data) {
    const receivedAt = performance.now();
    // The channel is ordered: what comes is the answer to the oldest, if this page sent it.
    const sent = this.pending.shift();
    if (!this.shown) return;
    const trip = sent && receivedAt - sent.sentAt;
    countEcho(trip);
    addLine(() => echoLine(data, trip, !sent || same(sent.data, data)));
  }

  /** Ends the call: by the user's wish, or because of what went wrong. */
  async end(reason) {
    if (this.ended) return;
    this.ended = true;
    if (reason) showError(reason);
    enableSending(false);
    showRunning(false, 'Stopped.');
    this.signal({ type: 'endi' });
    await this.channelClosed();
    this.connection.close();
    for (const [name, property] of [['signalling', 'signalingState'], ['ICE', 'iceConnectionState'], ['connection', 'connectionState']]) {
      this.showState(name, this.connection[property]);
    }
    this.socket.close();
  }

  /** The server closes its channels when the page hangs up; it may also be gone. */
  channelClosed() {
    if (!this.channel || this.channel.readyState === 'closed') return Promise.resolve();
    return new Promise(resolve => {
      this.channel.addEventListener('close', resolve);
      this.channel.close();
      setTimeout(resolve, HANG_UP_LIMIT_MILLIS);
    });
  }
}

/** For the browser's console. */
const echo = {
  call: null,
  get connection() { return this.call && this.call.connection; },
  get channel() { return this.call && this.call.channel; },
  send(data) { this.call.send(data); },
  /** How many messages have come back, over all calls. */
  received: 0
};
window.echo = echo;

let best = Infinity;
let total = 0;
let timed = 0;

function start() {
  showError('');
  for (const name of ['offer', 'answer']) showDescription(name, '');
  element('messages').replaceChildren();
  echo.received = 0;
  best = Infinity;
  total = 0;
  timed = 0;
  resetStates();
  showRunning(true, 'Connecting …');
  try {
    echo.call = chatting() ? new Chat(roomCode()) : new Call();
    echo.call.start();
  } catch (error) {
    showRunning(false, 'Not connected.');
    showError(`Cannot start: ${error.message}`);
  }
}

function showRunning(running, summary) {
  element('start').disabled = running;
  for (const input of document.querySelectorAll('#setup input')) input.disabled = running;
  element('stop').disabled = !running;
  element('empty').textContent = running ? 'Connecting …' : idleText();
  if (!running) element('start').focus();
  element('summary').textContent = echo.received ? `${summary} ${statistics()}` : summary;
}

function enableSending(enabled) {
  const wasDisabled = element('text').disabled;
  for (const id of ['text', 'kind', 'send']) element(id).disabled = !enabled;
  if (enabled && wasDisabled) element('text').focus();
}

function statistics() {
  const count = `${echo.received} came back`;
  return timed ? `${count}, best ${millis(best)}, mean ${millis(total / timed)}` : count;
}

function showSummary() {
  element('summary').textContent = echo.received ? statistics() : 'Connected.';
  element('empty').textContent = 'Say something!';
}

function showError(text) {
  element('error').textContent = text;
  element('error').hidden = !text;
}

function showDescription(name, sdp) {
  element(name).textContent = sdp || 'None yet.';
  const lines = sdp.trim().split('\n');
  const candidates = lines.filter(line => line.startsWith('a=candidate:')).length;
  element(`${name}-size`).textContent = sdp ? `${lines.length} lines, ${candidates} ${candidates === 1 ? 'candidate' : 'candidates'}` : '';
  document.querySelector(`[data-copies=${name}]`).disabled = !sdp;
}

const trails = new Map();

function resetStates() {
  const list = element('states');
  list.replaceChildren();
  trails.clear();
  for (const name of STATES) {
    const row = document.createElement('div');
    row.dataset.state = name;
    row.innerHTML = '<dt></dt><dd><span class="dot" aria-hidden="true"></span><span class="value">–</span></dd><dd class="trail"></dd>';
    row.querySelector('dt').textContent = name;
    list.append(row);
  }
}

function showState(name, value, atMillis) {
  const row = document.querySelector(`[data-state="${name}"]`);
  const trail = trails.get(name) || [];
  if (trail.length && trail[trail.length - 1].value === value) return;
  trail.push({ value, at: Math.round(atMillis) });
  trails.set(name, trail);
  row.className = GOOD.has(value) ? 'good' : BAD.has(value) ? 'bad' : IDLE.has(value) ? '' : 'busy';
  row.querySelector('.value').textContent = value;
  row.querySelector('.trail').textContent = trail.map(step => `${step.value} ${step.at}\u00a0ms`).join(' → ');
}

// Messages may come by the thousands a second: they are shown once a frame.
let arrivals = [];

function countEcho(trip) {
  echo.received++;
  if (trip !== undefined) {
    best = Math.min(best, trip);
    total += trip;
    timed++;
  }
}

/** @param make makes the line's element when it is to be shown */
function addLine(make) {
  if (arrivals.push(make) === 1) requestAnimationFrame(showArrivals);
  if (arrivals.length > MAX_LINES) arrivals.splice(1, 1);
}

function showArrivals() {
  const list = element('messages');
  list.append(...arrivals.map(make => make()));
  arrivals = [];
  while (list.childElementCount > MAX_LINES) list.firstElementChild.remove();
  list.scrollTop = list.scrollHeight;
  if (echo.received) showSummary();
}

function echoLine(data, trip, right) {
  const line = messageLine(data);
  const binary = typeof data !== 'string';
  if (!right) cell(line, 'wrong', 'not what was sent');
  cell(line, binary ? 'kind binary' : 'kind', binary ? `binary, ${size(data.byteLength)}` : `text, ${size(encoder.encode(data).length)}`);
  cell(line, 'trip', trip === undefined ? '–' : millis(trip)).title = 'Round-trip time';
  return line;
}

function messageLine(data) {
  const line = document.createElement('li');
  const binary = typeof data !== 'string';
  const what = cell(line, 'what', binary ? hex(data) : shorten(data));
  if (binary ? data.byteLength === 0 : data === '') {
    what.textContent = '(empty)';
    what.classList.add('none');
  }
  return line;
}

function cell(line, className, text) {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = text;
  line.append(span);
  return span;
}

function shorten(text) {
  return text.length > MAX_LINE_CHARS ? `${text.slice(0, MAX_LINE_CHARS)}…` : text;
}

function hex(buffer) {
  const shown = new Uint8Array(buffer, 0, Math.min(buffer.byteLength, 24));
  const digits = Array.from(shown, byte => byte.toString(16).padStart(2, '0')).join(' ');
  return buffer.byteLength > shown.length ? `${digits} …` : digits;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} KiB`;
}

function millis(value) {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

function same(sent, received) {
  if (typeof sent === 'string' || typeof received === 'string') return sent === received;
  const a = bytesOf(sent);
  const b = bytesOf(received);
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function bytesOf(data) {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

element('start').addEventListener('click', start);
element('stop').addEventListener('click', () => echo.call.end());

element('form').addEventListener('submit', event => {
  event.preventDefault();
  const input = element('text');
  try {
    echo.send(!chatting() && element('kind').value === 'binary' ? encoder.encode(input.value) : input.value);
    input.value = '';
  } catch (error) {
    showError(`Cannot send: ${error.message}`);
  }
  input.focus();
});

for (const button of document.querySelectorAll('.copy')) {
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(element(button.dataset.copies).textContent);
      button.textContent = 'Copied';
    } catch (error) {
      button.textContent = 'Not allowed';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
}

window.addEventListener('pagehide', () => { if (echo.call) echo.call.connection.close(); });

resetStates();
