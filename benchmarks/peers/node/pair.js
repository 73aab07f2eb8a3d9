// Two peers in this process and a channel from one to the other; signalling goes through memory.
const LIMIT_MILLIS = 30000;

/** Holds the candidates that come before the description they belong to. */
export class CandidateGate {
  #early = [];
  #peer;

  add(candidate) {
    if (this.#peer) {
      this.#peer.addCandidate(candidate);
    } else {
      this.#early.push(candidate);
    }
  }

  open(peer) {
    this.#peer = peer;
    this.#early.forEach(candidate => peer.addCandidate(candidate));
  }
}

function within(millis, promise) {
  let timer;
  const limit = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${millis} ms`)), millis);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Resolves when the channel is open on both sides. */
export async function connect(stack, unreliable) {
  const made = performance.now();
  const toA = new CandidateGate();
  const toZ = new CandidateGate();
  let arrived;
  const incoming = new Promise(resolve => (arrived = resolve));
  const a = stack.newPeer({ onCandidate: candidate => toZ.add(candidate), onChannel: () => {} });
  const z = stack.newPeer({ onCandidate: candidate => toA.add(candidate), onChannel: arrived });
  const near = a.createChannel(unreliable);
  const offered = performance.now();

  async function signal() {
    const answer = await z.answer(await a.offer());
    toZ.open(z);
    await a.acceptAnswer(answer);
    toA.open(a);
    const far = await incoming;
    await Promise.all([near.opened, far.opened]);
    return far;
  }

  const far = await within(LIMIT_MILLIS, signal());
  const opened = performance.now();
  return {
    near,
    far,
    setupMillis: opened - offered,
    setupWithConstructorsMillis: opened - made,
    close() {
      a.close();
      z.close();
    },
  };
}
