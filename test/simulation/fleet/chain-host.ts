import type { Prng } from '../prng.ts';
import type { Events } from './events.ts';

/** What KYBIO allows the chain, and how well it is reached. */
export interface HostLimits {
  readonly callsASecond: number;
  /** Refused ones count too. */
  readonly callsADay: number;
  readonly retryAfterMs: number;
  /** The share of applied increments whose reply is lost. */
  readonly lostReplies: number;
}

export type Heard =
  | { readonly kind: 'applied' | 'read' | 'quota'; readonly dateMs: number }
  | { readonly kind: 'overloaded'; readonly dateMs: number; readonly retryAfterMs: number }
  | { readonly kind: 'lost' | 'not-connected' };

/** What came as far as KYBIO, and what became of it. */
export interface HostRecord {
  /** When each call came, in order. */
  readonly calls: readonly number[];
  readonly refused: number;
  readonly beyondQuota: number;
  /** How often each entry was credited. */
  readonly credited: ReadonlyMap<number, number>;
}

export interface ChainHost {
  /** One call: an increment where it names an entry, else a read. */
  call(entry: number | null, heard: (heard: Heard) => void): void;
  readonly record: HostRecord;
  isCredited(entry: number): boolean;
  limits: HostLimits;
  /** Calls reach it, or none does. */
  setReachable(isReachable: boolean): void;
  /** For so long it answers reads, and refuses every increment for load. */
  setReadsOnly(forMs: number): void;
}

const NOWHERE_MS = 40;
const DEADLINE_MS = 60_000;
const DAY_MS = 86_400_000;

/** KYBIO as a chain meets it: a bucket of calls that fills by the second, a day's quota, and replies that are lost. */
export function createChainHost(
  events: Events,
  limits: HostLimits,
  startUnixMs: number,
  prng: Prng,
): ChainHost {
  let isReachable = false;
  let readsOnlyUntilMs = 0;
  let [day, callsToday] = [0, 0];
  let tokens = limits.callsASecond;
  let filledAtMs = 0;
  const calls: number[] = [];
  const credited = new Map<number, number>();
  const record = { calls, credited, refused: 0, beyondQuota: 0 };
  const onWayMs = () => 30 + prng.unit() * 60;

  const takeToken = (rate: number): boolean => {
    tokens = Math.min(rate, tokens + ((events.now() - filledAtMs) * rate) / 1_000);
    filledAtMs = events.now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };

  const answer = (entry: number | null): Heard => {
    const dateMs = Math.floor((startUnixMs + events.now()) / 1_000) * 1_000;
    const today = Math.floor(dateMs / DAY_MS);
    callsToday = today === day ? callsToday + 1 : 1;
    day = today;
    calls.push(events.now());
    if (callsToday > host.limits.callsADay) {
      record.beyondQuota += 1;
      return { kind: 'quota', dateMs };
    }
    if (!takeToken(host.limits.callsASecond) || (events.now() < readsOnlyUntilMs && entry !== null)) {
      record.refused += 1;
      return { kind: 'overloaded', dateMs, retryAfterMs: host.limits.retryAfterMs };
    }
    if (entry === null) return { kind: 'read', dateMs };
    credited.set(entry, (credited.get(entry) ?? 0) + 1);
    return prng.chance(host.limits.lostReplies) ? { kind: 'lost' } : { kind: 'applied', dateMs };
  };

  const host: ChainHost = {
    limits,
    record,
    call: (entry, heard) => {
      if (!isReachable) {
        events.after(NOWHERE_MS, () => heard({ kind: 'not-connected' }));
        return;
      }
      events.after(onWayMs(), () => {
        const said = answer(entry);
        // Some lines break, others only say nothing until the deadline.
        const backMs = said.kind === 'lost' && prng.chance(0.5) ? DEADLINE_MS : onWayMs();
        events.after(backMs, () => heard(said));
      });
    },
    isCredited: (entry) => credited.has(entry),
    setReachable: (reachable) => {
      isReachable = reachable;
    },
    setReadsOnly: (forMs) => {
      readsOnlyUntilMs = events.now() + forMs;
    },
  };
  return host;
}
