'use strict';

// Chats: two meet in a room of the server, which passes on what they say to find each other; what they say then it does not see.

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const DEFAULT_HOST = '127.0.0.1:8889';
const PURPOSES = {
  echo: 'Whatever you say over the data channel, the server says it back.',
  chat: 'Talk to somebody at a terminal or another page; the server only lets you meet.'
};

/** A connection with whoever enters the same room. */
class Chat extends Call {
  constructor(room) {
    super();
    this.room = room;
  }

  introduce() {
    this.signal({ type: 'join', room: this.room });
    showInvitation(this.room);
    showWaiting(`In the room ${this.room}.`, 'Waiting for the other one …');
  }

  onSignal(message) {
    if (message.type === 'met') this.meet(message.offering).catch(error => this.end(`No offer: ${error.message}`));
    else if (message.type === 'answer') this.accept(message.sdp).catch(error => this.end(`The answer was refused: ${error.message}`));
    else if (message.type === 'left') this.onLeft();
    else if (message.type === 'error') this.end(`The server says: ${message.message}`);
    else super.onSignal(message);
  }

  async meet(offering) {
    element('invitation').hidden = true;
    showWaiting('Connecting …', 'Connecting …');
    showWhose(offering);
    // Both ends know of the channel: it needs no announcement.
    this.onChannel(this.connection.createDataChannel('chat', { negotiated: true, id: 0 }));
    if (!offering) return;
    await this.connection.setLocalDescription();
    this.signal({ type: 'offer', sdp: this.connection.localDescription.sdp });
    this.showLocal('offer');
  }

  async accept(sdp) {
    showDescription('answer', sdp);
    await this.connection.setRemoteDescription({ type: 'answer', sdp });
    this.addEarly();
  }

  /** Who is connected needs the room no more, nor the server. */
  get connected() {
    return this.channel && this.channel.readyState === 'open';
  }

  onLeft() {
    if (!this.connected) this.end('The other one has left.');
  }

  onServerGone() {
    if (!this.connected) super.onServerGone();
  }

  get closedByOther() {
    return 'The other one has gone.';
  }

  onOpen() {
    showWaiting('Connected, to nobody but the other one.', 'Say something!');
  }

  send(data) {
    this.channel.send(data);
    addLine(() => chatLine(data, 'you'));
  }

  onMessage(data) {
    if (this.shown) addLine(() => chatLine(data, 'they'));
  }

  end(reason) {
    element('invitation').hidden = true;
    return super.end(reason);
  }
}

function chatting() {
  return document.querySelector('[name=mode]:checked').value === 'chat';
}

function idleText() {
  return chatting() ? 'Press Start, then wait for the other one.' : 'Press Start, then say something.';
}

/** The code that was given, or a fresh one, of 59 random bits. */
function roomCode() {
  const field = element('room');
  field.value = field.value.trim() || freshCode();
  return field.value;
}

function freshCode() {
  const letters = Array.from(crypto.getRandomValues(new Uint32Array(12)), number => ALPHABET[number % ALPHABET.length]);
  return letters.join('').match(/.{4}/g).join('-');
}

function showInvitation(room) {
  const server = location.host === DEFAULT_HOST ? '' : ` --server ${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/connect`;
  element('invitation-command').textContent = `purrtc chat --room ${room}${server}`;
  element('invitation-link').href = `/#${room}`;
  element('invitation').hidden = false;
}

function showWaiting(summary, empty) {
  element('summary').textContent = summary;
  element('empty').textContent = empty;
}

function showWhose(offering) {
  element('offer-whose').textContent = offering ? ', this page’s' : ', the other one’s';
  element('answer-whose').textContent = offering ? ', the other one’s' : ', this page’s';
}

function chatLine(data, who) {
  const line = messageLine(data);
  line.classList.add(who);
  const time = new Date();
  const sender = document.createElement('span');
  sender.className = 'who';
  sender.textContent = who === 'you' ? 'You' : 'They';
  line.prepend(sender);
  cell(line, 'trip', time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }));
  return line;
}

/** Everything that looks otherwise when it is for the other purpose. */
function showMode() {
  const chat = chatting();
  element('room-field').hidden = !chat;
  element('kind').hidden = chat;
  element('purpose').textContent = PURPOSES[chat ? 'chat' : 'echo'];
  element('messages').classList.toggle('chat', chat);
  element('empty').textContent = idleText();
  element('offer-whose').textContent = chat ? '' : ', the server’s';
  element('answer-whose').textContent = chat ? '' : ', this page’s';
}

element('setup').addEventListener('change', showMode);
element('setup').addEventListener('submit', event => {
  event.preventDefault();
  if (!element('start').disabled) start();
});

/** An invitation is the page's address with the room's code. */
function acceptInvitation() {
  const room = location.hash.slice(1);
  if (!/^[A-Za-z0-9-]{4,64}$/.test(room)) return;
  document.querySelector('[name=mode][value=chat]').checked = true;
  element('room').value = room;
}

acceptInvitation();
showMode();
