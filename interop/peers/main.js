// The agent in Node.js: told what to do by lines of JSON on its input. node main.js libdatachannel|werift
import { createInterface } from 'node:readline';
import { writeSync } from 'node:fs';
import { Agent } from './agent.js';

const { load } = await import(`./${process.argv[2]}.js`);
const stack = await load();
const agent = new Agent(stack, line => writeSync(1, `${JSON.stringify(line)}\n`));
const lines = createInterface({ input: process.stdin });
lines.on('line', line => agent.hear(JSON.parse(line)));
lines.on('close', () => process.exit(0));
