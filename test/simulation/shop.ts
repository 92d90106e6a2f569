import type { Prng } from './prng.ts';
import type { Happening } from './scenario.ts';

type Timed = Happening & { readonly atMs: number };

const MINUTE = 60_000;
/** From opening to closing. */
const DAY_MS = 10 * 60 * MINUTE;

export interface Shop {
  readonly members: number;
  readonly topUp: (member: number) => Extract<Happening, { kind: 'top-up' }>;
}

/** A shop's day: members come, some of them again, and now and then the network is away or the till is started anew. */
export function shopEvents(prng: Prng, { members, topUp }: Shop): Timed[] {
  const list: Timed[] = [];
  const at = () => prng.below(DAY_MS);
  for (let member = 0; member < members; member += 1)
    for (let visits = prng.pick([1, 1, 1, 2, 2, 3]); visits > 0; visits -= 1)
      list.push({ ...topUp(member), lookUp: prng.chance(0.5), atMs: at() });
  for (let made = prng.below(3); made > 0; made -= 1)
    list.push({ kind: prng.pick(['cancel', 'reverse'] as const), atMs: at() });
  for (let made = prng.below(3); made > 0; made -= 1) {
    const outage = prng.pick(['refused', 'dns', 'swallowed', 'gateway'] as const);
    const forMs = prng.chance(0.8) ? prng.between(20_000, 10 * MINUTE) : prng.between(10, 60) * MINUTE;
    list.push({ kind: 'outage', outage, forMs, atMs: at() });
  }
  if (prng.chance(0.5)) list.push({ kind: 'restart', downMs: prng.between(2_000, MINUTE), atMs: at() });
  if (prng.chance(0.15))
    list.push({ kind: 'crash', deathIn: prng.between(1, 120), downMs: 5_000, atMs: at() });
  if (prng.chance(0.15)) list.push({ kind: 'sleep', forMs: prng.between(1, 60) * MINUTE, atMs: at() });
  if (prng.chance(0.5)) list.push({ kind: 'network-changed', atMs: at() });
  return list;
}
