// For tests in which hours pass: the app's clocks and its timers run ahead of the machine's by as much as
// a test says, from the very first of them on.
const { subscribe } = require('node:diagnostics_channel');

/** Below this a timer paces the program itself and is none that the till waits for. */
const SHORTEST_TIMER_MS = 1_000;

function holdClock(startMs) {
  let aheadMs = startMs;
  const wallMs = Date.now.bind(Date);
  const monotonicMs = performance.now.bind(performance);
  Date.now = () => Math.floor(wallMs() + aheadMs);
  // Node's own cannot be assigned to.
  Object.defineProperty(performance, 'now', { value: () => monotonicMs() + aheadMs });

  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const waiting = new Map();
  globalThis.setTimeout = (action, delayMs, ...args) => {
    if (!(delayMs >= SHORTEST_TIMER_MS)) return set(action, delayMs, ...args);
    const run = () => {
      waiting.delete(timer);
      action(...args);
    };
    const timer = set(run, delayMs);
    waiting.set(timer, { dueMs: performance.now() + delayMs, run, timer });
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    clear(waiting.get(timer)?.timer);
    waiting.delete(timer);
    clear(timer);
  };

  // A call's deadline is one of these timers: while one is on its way, time does not jump.
  const underWay = new Set();
  subscribe('undici:request:create', ({ request }) => underWay.add(request));
  for (const end of ['undici:request:trailers', 'undici:request:error'])
    subscribe(end, ({ request }) => underWay.delete(request));

  /** False while a call is on its way: then nothing has passed. */
  globalThis.counterfoilPass = (byMs) => {
    if (underWay.size > 0) return false;
    aheadMs += byMs;
    for (const one of waiting.values()) {
      clear(one.timer);
      one.timer = set(one.run, Math.max(0, one.dueMs - performance.now()));
    }
    return true;
  };
}

module.exports = { holdClock };
