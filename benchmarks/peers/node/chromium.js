// Chromium as the answering end: a process that opens a page of a server of ours, which carries its lines of JSON.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = process.env.CHROMIUM ?? 'chromium';
const END_MILLIS = 4000;

// What it would do on the network by itself is switched off, and addresses are shown: the relay cannot stand for names.
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

const files = {
  '/': ['text/html', () => '<!doctype html><script type="module" src="page.js"></script>'],
  '/page.js': ['text/javascript', () => readFileSync(new URL('page.js', import.meta.url))],
};

/** Resolves when the other end said bye, or nothing more. */
export async function signal([side, role], print) {
  if (side !== 'answer') {
    throw new Error('Chromium only answers');
  }
  const early = [];
  let page;
  const tell = line => (page ? page.write(`data: ${line}\n\n`) : early.push(line));
  const server = createServer((request, response) => {
    if (request.url === '/hear') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      page = response;
      early.splice(0).forEach(tell);
    } else if (request.url === '/say') {
      let said = '';
      request.on('data', part => (said += part));
      request.on('end', () => {
        print(JSON.parse(said));
        response.end();
      });
    } else if (request.url in files) {
      const [type, content] = files[request.url];
      response.writeHead(200, { 'content-type': type });
      response.end(content());
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  tell(JSON.stringify({ role }));
  print({ event: 'version', version: spawnSync(PROGRAM, ['--version']).stdout.toString().replace(/ built on.*/s, '').trim() });
  const profile = mkdtempSync(join(tmpdir(), 'purrtc-chromium-'));
  const browser = spawn(PROGRAM, [...ARGUMENTS, `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/`], {
    stdio: 'ignore',
    env: { ...process.env, HOME: profile },
  });
  const ended = new Promise(resolve => browser.once('exit', resolve).once('error', resolve));
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.includes('"bye"')) {
      break;
    }
    tell(line);
  }
  browser.kill();
  const late = setTimeout(() => browser.kill('SIGKILL'), END_MILLIS);
  await ended;
  clearTimeout(late);
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
