import type { Fault } from './faults.ts';
import type { Prng } from './prng.ts';
import type { Happening } from './scenario.ts';

/** How the increment call is broken, while everything else is answered; a stub answers all alike. */
export type BrokenHow = 'gateway' | 'reset' | 'words' | 'stub';

/** A broken increment call, and the entries that were spent on it: sent for the first time meanwhile. */
export interface BrokenCall {
  readonly how: BrokenHow;
  readonly sinceMs: number;
  readonly spent: Set<string>;
  /** Each press of "Send now" lets one entry go. */
  presses: number;
}

const STUB = '{"status":"success"}';

/** What an increment meets, and what a read does: null = it is answered. */
export function brokenFault({ how }: BrokenCall, isRead: boolean, prng: Prng): Fault | null {
  if (how === 'stub') return { kind: 'status', status: 200, body: STUB, applied: false };
  if (isRead) return null;
  const applied = prng.chance(0.3);
  switch (how) {
    case 'gateway':
      return { kind: 'status', status: 502, body: '<html>gateway</html>', applied };
    case 'reset':
      return { kind: 'lost', failure: 'reset', applied, afterMs: prng.between(20, 5_000) };
    case 'words':
      return {
        kind: 'words',
        words: prng.pick(['E_0042', 'E_0043', 'see the log']),
        applied,
        httpStatus: 200,
      };
  }
}

/** As many members are served at once: so many may be under way when the call breaks. */
const UNDER_WAY = 4;

/** The shortest waits by their jitter: half of each. */
const DOUBLINGS_MS = [2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000];
const LONGEST_MS = 450_000;

/**
 * What a broken call may cost: what was under way, one after each wait of the back-off, and one a press. A process that
 * dies while it waits for an answer cannot know that it waited in vain.
 */
export function mostSpent(forMs: number, deaths: number, presses: number): number {
  let leftMs = forMs;
  let waits = 0;
  for (const waitMs of DOUBLINGS_MS) {
    if (leftMs < waitMs) return UNDER_WAY + waits + deaths + presses;
    leftMs -= waitMs;
    waits += 1;
  }
  return UNDER_WAY + waits + Math.floor(leftMs / LONGEST_MS) + deaths + presses;
}

const MINUTE = 60_000;

/** Two entries that are saved, and gone with the log a moment later. */
function savedAndLost(prng: Prng, atMs: number, member: number): (Happening & { atMs: number })[] {
  const top = { member, balance: 3_000, point: 0, lookUp: false, pressedTwice: false };
  return [
    { kind: 'lost-log', ofLastMs: prng.between(2_000, 30_000), atMs },
    { kind: 'top-up', ...top, atMs: atMs + 100 },
    { kind: 'top-up', ...top, atMs: atMs + 400 },
  ];
}

/** A queue of members that waits while the call is broken for hours, with all that used to shorten the wait. */
export function brokenEvents(prng: Prng, members: number): (Happening & { atMs: number })[] {
  const list: (Happening & { atMs: number })[] = [];
  const brokenAtMs = prng.between(5, 60) * 1_000;
  const forMs = prng.between(120, 330) * MINUTE;
  const meanwhile = () => brokenAtMs + prng.below(forMs);
  for (let member = 0; member < members; member += 1) {
    const top = { balance: prng.pick([1_000, 2_000, 5_000]), point: 0, lookUp: prng.chance(0.3) };
    const atMs = prng.chance(0.5) ? prng.below(2 * brokenAtMs) : meanwhile();
    list.push({ kind: 'top-up', member, ...top, pressedTwice: false, atMs });
  }
  list.push({
    kind: 'broken-call',
    how: prng.pick(['gateway', 'gateway', 'reset', 'words', 'stub'] as const),
    forMs,
    atMs: brokenAtMs,
  });
  if (prng.chance(0.6))
    list.push({ kind: 'flapping', everyMs: 2_000, forMs: prng.between(1, 40) * MINUTE, atMs: meanwhile() });
  if (prng.chance(0.6))
    for (let pressed = 0; pressed < 15; pressed += 1)
      list.push({ kind: 'hurry', atMs: brokenAtMs + 2_000 * pressed });
  for (let pressed = 0; pressed < 20; pressed += 1) list.push({ kind: 'hurry', atMs: meanwhile() });
  for (let made = prng.below(4); made > 0; made -= 1)
    list.push({ kind: 'restart', downMs: prng.between(1_000, 5 * MINUTE), atMs: meanwhile() });
  if (prng.chance(0.3)) list.push({ kind: 'crash', deathIn: 0, downMs: 5_000, atMs: meanwhile() });
  if (prng.chance(0.4))
    for (let lost = 0; lost < 3; lost += 1)
      list.push(...savedAndLost(prng, meanwhile(), prng.below(members)));
  return list;
}
