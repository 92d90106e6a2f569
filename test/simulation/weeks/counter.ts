import { freshMember, type NamedLately } from '../../../main/members/freshness.ts';
import { zeroAmount } from '../../../preload/contract/index.ts';
import type { Prng } from '../prng.ts';
import type { LookedUp, Visit } from './demand.ts';
import type { Events } from './events.ts';
import type { Line } from './line.ts';
import type { TillPolicy } from './policy.ts';
import type { Records } from './records.ts';

const FRESH_MS = 180_000;

/** What became of those who came to the counter. */
export interface CounterRecord {
  /** Cards that nobody here knew, and of which KYBIO was not or could not be asked: no top-up was made. */
  turnedAway: number;
  /** Who asked for what KYBIO says now, and was shown what is kept. */
  unanswered: number;
  /** What was confirmed, and has to arrive. */
  readonly entered: Set<number>;
  /** By day: entries that were refused because the account's calls were spent, or waited for that. */
  readonly held: readonly Set<number>[];
}

export interface CounterParts {
  readonly events: Events;
  readonly prng: Prng;
  readonly line: Line;
  readonly records: Records;
  readonly policy: () => TillPolicy;
  readonly record: CounterRecord;
  /** One reading of a member, kept; false where there was no answer. */
  readonly readMember: (
    member: number,
    use: 'unknown' | 'asked' | 'freshness',
    read: (isAnswered: boolean) => void,
  ) => void;
  readonly enter: (visit: Visit) => void;
}

export interface Counter {
  comes(visit: Visit): void;
  lookUp(one: LookedUp): void;
  /** What was asked in this process is forgotten with it. */
  start(): void;
}

type Found = 'kybio' | 'till' | 'nobody';

/** Cards that are scanned and top-ups that are confirmed, as `look-up-service.ts` goes about it. */
export function createCounter(parts: CounterParts): Counter {
  const { events, prng, line, records, record } = parts;
  const named = new Map<number, NamedLately>();

  const isFresh = (member: number): boolean => {
    const customerUid = String(member);
    const [asOfMs = 0, baselineAtMs = 0] = [records.keptAtMs[member], records.baselineAtMs[member]];
    const sums = { balance: zeroAmount, point: zeroAmount };
    const owner = {
      ...{ customerUid, number: customerUid, name: '', categoryName: '', phone: '', ...sums },
      ...{ enable: 1, expiryDate: null, asOfMs },
    };
    const baseline = baselineAtMs === 0 ? null : { ...sums, atMs: baselineAtMs };
    const nowMs = line.clock.nowMs();
    return freshMember({ named: named.get(member), owner, baseline, nowMs, freshMs: FRESH_MS }) !== null;
  };

  const find = ({ member, isAsked }: LookedUp, told: (found: Found) => void) => {
    const isKept = records.keptAtMs[member] !== 0;
    const { reach, pauses } = line.state;
    if (isKept && (reach === 'offline' || pauses.length > 0)) return told('till');
    if (isKept && isFresh(member)) return told('kybio');
    const use = !isKept ? 'unknown' : isAsked ? 'asked' : 'freshness';
    const otherwise = isKept ? 'till' : 'nobody';
    if (!parts.policy().mayCall(use)) return told(otherwise);
    parts.readMember(member, use, (isAnswered) => {
      if (isAnswered) named.set(member, { customerUid: String(member), atMs: line.clock.nowMs() });
      told(isAnswered ? 'kybio' : otherwise);
    });
  };
  const findFor = (one: LookedUp, told: (found: Found) => void) =>
    find(one, (found) => {
      if (one.isAsked && found !== 'kybio') record.unanswered += 1;
      told(found);
    });

  return {
    start: () => named.clear(),
    lookUp: (one) => findFor(one, () => undefined),
    comes: (visit) => {
      const enterSoon = () => events.after(20_000 + prng.below(40_000), () => parts.enter(visit));
      const { member, scan } = visit;
      // Whom the till does not keep cannot be picked: the card is scanned after all.
      if (scan === null && records.keptAtMs[member] !== 0) return void enterSoon();
      findFor(scan ?? { atMs: visit.atMs, member, isAsked: false }, (found) => {
        if (found === 'nobody') record.turnedAway += 1;
        else enterSoon();
      });
    },
  };
}
