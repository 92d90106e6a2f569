import { decideBeforeSending } from '../../../main/sending/pre-send-decision.ts';
import type { Sums } from '../../../main/sending/undecided.ts';
import type { Heard } from './account-host.ts';
import { HOUR_MS } from './demand.ts';
import { evidencePolicy, profileOf, sumsOf, undecidedOf, type Waiting } from './entry.ts';
import type { Line } from './line.ts';
import type { TillPolicy } from './policy.ts';

export interface LooksParts {
  readonly line: Line;
  readonly policy: () => TillPolicy;
  readonly isProven: boolean;
  readonly waiting: () => readonly Waiting[];
  readonly readMember: (
    member: number,
    use: 'look' | 'baseline',
    read: (cents: number | null) => void,
  ) => void;
  /** Null where nothing is known. */
  readonly baselineAgeMs: (member: number) => number | null;
  readonly baseline: (member: number) => Sums | null;
  readonly sendToReview: (of: Waiting) => void;
  readonly isWaiting: (of: Waiting) => boolean;
}

export interface Looks {
  /** After what is read before an entry goes: whether it goes. */
  mayGo(of: Waiting, told: (mayGo: boolean) => void): void;
  /** Members whose entries wait for a look for which no call is left. */
  waiting(): readonly string[];
  start(): void;
  begun(of: Waiting): void;
  /** A manager has said that it is to be sent. */
  answered(of: Waiting): void;
}

const BEYOND_BUDGET_EVERY_MS = HOUR_MS / 4;
const LOG_GOOD_FOR_MS = HOUR_MS / 4;
const MOST_LOG_PAGES = 10;

/** What is read before a send, as `pre-send-check.ts` and `new-baseline.ts` go about it. */
export function createLooks(parts: LooksParts): Looks {
  const { line, policy } = parts;
  const overStart = new Set<number>();
  const lookedAtMs = new Map<number, number>();
  /** What was known of the member when the program started. */
  const before = new Map<number, Sums | null>();
  let beyondAtMs = Number.NEGATIVE_INFINITY;
  let log = { goodUntilMs: Number.NEGATIVE_INFINITY, sinceMs: 0 };

  const needsCheck = (of: Waiting): boolean =>
    policy().looksFirst({
      ...of,
      overStart: overStart.has(of.entry),
      lookedAtMs: lookedAtMs.get(of.entry),
    });
  const mayCheck = () =>
    policy().mayCall('look') || line.clock.monotonicMs() - beyondAtMs >= BEYOND_BUDGET_EVERY_MS;

  /** The log of all members, page by page; what cannot be had is as if it said nothing. */
  const readLog = (createdAtMs: number, read: () => void) => {
    const nowMs = line.clock.monotonicMs();
    const offsetMs = line.clock.nowMs() - nowMs;
    const madeAtMs = createdAtMs - offsetMs;
    if (nowMs < log.goodUntilMs && log.sinceMs <= madeAtMs) return read();
    const oldestMs = parts
      .waiting()
      .reduce((least, one) => Math.min(least, one.createdAtMs - offsetMs), madeAtMs);
    log = { goodUntilMs: nowMs + LOG_GOOD_FOR_MS, sinceMs: oldestMs };
    const next = (page: number) =>
      line.read({ do: 'log', sinceMs: oldestMs, page }, 'look', false, (heard: Heard | null) => {
        const isWhole = heard === null || (heard.kind === 'page' && heard.isLast);
        if (isWhole || page + 1 === MOST_LOG_PAGES) read();
        else next(page + 1);
      });
    next(0);
  };

  const judge = (of: Waiting, cents: number) => {
    const all = parts.waiting().filter((one) => one.member === of.member && needsCheck(one));
    for (const one of all) {
      const others = all.filter(({ entry }) => entry !== one.entry).map((other) => sumsOf(other.cents));
      const known = before.get(one.entry) ?? parts.baseline(one.member);
      const verdict = decideBeforeSending(
        {
          entry: undecidedOf(one),
          earlierBaselines: known === null ? [] : [known],
          evidence: {
            readings: [{ ...sumsOf(cents), atMonotonicMs: line.clock.monotonicMs() }],
            ...{ ownSince: sumsOf(0), othersUndecided: others.length > 0, others },
            log: { rows: [], timesAsked: 1, askedAfterMs: 0 },
            ...{ duplicateRefusals: 0, wasRestored: false },
          },
          ...{ overStart: overStart.has(one.entry), isSuspected: false },
        },
        profileOf(parts.isProven),
        evidencePolicy,
      );
      overStart.delete(one.entry);
      lookedAtMs.set(one.entry, line.clock.monotonicMs());
      if (verdict.do === 'review') parts.sendToReview(one);
    }
  };

  const lookFirst = (of: Waiting, told: (mayGo: boolean) => void) => {
    if (!needsCheck(of)) return told(true);
    if (!mayCheck()) return told(false);
    if (!policy().mayCall('look')) beyondAtMs = line.clock.monotonicMs();
    // Before the reading takes it away.
    for (const one of parts.waiting())
      if (one.member === of.member && !before.has(one.entry))
        before.set(one.entry, parts.baseline(one.member));
    parts.readMember(of.member, 'look', (cents) => {
      if (cents === null) return told(false);
      readLog(of.createdAtMs, () => {
        judge(of, cents);
        told(parts.isWaiting(of));
      });
    });
  };

  /** The reading right before a send, made only where it pays (protocol rule 6). */
  const readBaseline = (of: Waiting, told: (mayGo: boolean) => void) => {
    const isWanted = policy().wantsBaseline(parts.baselineAgeMs(of.member));
    if (!isWanted || !policy().mayCall('baseline')) return told(true);
    parts.readMember(of.member, 'baseline', (cents) => told(cents !== null));
  };

  return {
    mayGo: (of, told) => lookFirst(of, (mayGo) => (mayGo ? readBaseline(of, told) : told(false))),
    waiting: () =>
      parts.waiting().length === 0 || mayCheck()
        ? []
        : parts
            .waiting()
            .filter(needsCheck)
            .map(({ customerUid }) => customerUid),
    start: () => {
      lookedAtMs.clear();
      log = { goodUntilMs: Number.NEGATIVE_INFINITY, sinceMs: 0 };
      for (const of of parts.waiting()) {
        overStart.add(of.entry);
        if (!before.has(of.entry)) before.set(of.entry, parts.baseline(of.member));
      }
    },
    begun: (of) => {
      overStart.delete(of.entry);
      lookedAtMs.set(of.entry, line.clock.monotonicMs());
    },
    answered: (of) => {
      overStart.delete(of.entry);
      lookedAtMs.set(of.entry, Number.POSITIVE_INFINITY);
    },
  };
}
