import type { Settings } from '../database/settings-repository.ts';
import { isCallRefused } from '../kybio/read.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import { type MemberReader, readMemberOf } from '../members/member-reader.ts';
import type { Clock } from '../ports.ts';
import { type Budget, mayCall } from './call-budget.ts';
import type { CallMeter } from './call-meter-repository.ts';
import { loadHostProfile } from './evidence-policy.ts';
import type { Link } from './link.ts';
import type { LinkState } from './link-state.ts';

export interface FreshBaselineParts {
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly meter: CallMeter;
  readonly budget: Budget;
  readonly settings: Settings;
  readonly link: Link;
  readonly clock: Clock;
}

/** The reading right before a send, made only where it pays (rule 6). */
export interface FreshBaseline {
  /**
   * Whether the member's entry may go, with a reading or without. False where KYBIO did not answer: what is
   * sent then would only be one more to ask about.
   */
  read(customerUid: string): Promise<boolean>;
  /** Members whose entries let the others go ahead, until KYBIO has answered something else. */
  waiting(): readonly string[];
  /** Whether an entry may have waited for an answer when the link was so, also where the wait has run out since. */
  hasWaited(asOf: LinkState): boolean;
}

/** A look-up younger than this is baseline enough; and a record that KYBIO cannot give is not asked for again. */
const FRESH_MS = 900_000;

/** A member waits for another answer no longer than this: there may be nothing else to ask. */
const LONGEST_WAIT_MS = 60_000;

/** As often KYBIO brings nothing of a member and answers others: then it is this member's record. */
const TIMES_IN_VAIN = 2;

interface InVain {
  readonly times: number;
  readonly atMonotonicMs: number;
  /** When KYBIO had last answered anything. */
  readonly lastAnswerAtMs: number | null;
}

export function createFreshBaseline(parts: FreshBaselineParts): FreshBaseline {
  const { directory, reader, link, clock } = parts;
  const inVain = new Map<string, InVain>();

  const ageMs = ({ atMonotonicMs }: InVain): number => clock.monotonicMs() - atMonotonicMs;
  const isAnsweredSince = ({ lastAnswerAtMs }: InVain, asOf = link.state): boolean =>
    asOf.lastAnswerAtMs !== lastAnswerAtMs;

  const isItsRecord = (customerUid: string): boolean => {
    const known = inVain.get(customerUid);
    return known !== undefined && known.times >= TIMES_IN_VAIN && isAnsweredSince(known);
  };

  const note = (customerUid: string) => {
    const before = inVain.get(customerUid);
    const times = before === undefined ? 1 : before.times + (isAnsweredSince(before) ? 1 : 0);
    const { lastAnswerAtMs } = link.state;
    inVain.set(customerUid, { times, atMonotonicMs: clock.monotonicMs(), lastAnswerAtMs });
  };

  const forgetOld = () => {
    for (const [customerUid, known] of inVain) if (ageMs(known) > FRESH_MS) inVain.delete(customerUid);
  };

  return {
    read: async (customerUid) => {
      forgetOld();
      if (!pays(parts, customerUid) || isItsRecord(customerUid)) return true;
      const customerNumber = directory.byUid(customerUid)?.number ?? '';
      const reading = await readMemberOf(reader, { customerNumber, customerUid }, 'look-up');
      // Without the call there will never be a reading of a member who has no card.
      const isLacking = customerNumber === '' && !reading.ok && isCallRefused(reading.error);
      const mayGo = reading.ok || reading.isAnswered || isLacking;
      if (mayGo) inVain.delete(customerUid);
      else if (reading.error.kind === 'no-answer') note(customerUid);
      return mayGo;
    },
    hasWaited: (asOf) => [...inVain.values()].some((known) => !isAnsweredSince(known, asOf)),
    waiting: () =>
      [...inVain]
        .filter(([, known]) => !isAnsweredSince(known) && ageMs(known) < LONGEST_WAIT_MS)
        .map(([customerUid]) => customerUid),
  };
}

/** The host is not proven to refuse duplicates, what is known is old, and there are calls to spare. */
function pays(
  { directory, clock, meter, budget, settings }: FreshBaselineParts,
  customerUid: string,
): boolean {
  if (loadHostProfile(settings).duplicates !== null) return false;
  const known = directory.baseline(customerUid);
  const ageMs = known === null ? Number.POSITIVE_INFINITY : Math.abs(clock.nowMs() - known.atMs);
  return ageMs >= FRESH_MS && mayCall('look-up', meter.usedToday(), budget);
}
