// The agent in a browser: told what to do over a WebSocket to the server of this page.
import { Agent } from './agent.js';
import { w3c } from './w3c.js';

const socket = new WebSocket(`ws://${location.host}/agent`);
socket.onopen = () => {
  const agent = new Agent(w3c(navigator.userAgent), line => socket.send(JSON.stringify(line)));
  socket.onmessage = ({ data }) => agent.hear(JSON.parse(data));
};
