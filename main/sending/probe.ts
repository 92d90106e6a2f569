import type { Purse } from '../hosts/calls/index.ts';
import { isRefusedInWords, type Link, noCallsTaken, type Suspicion } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock } from '../kernel/ports.ts';
import { storeTime } from '../kernel/store-time.ts';
import type { Increment, OutboxIdentity, OutboxRepository } from '../ledger/index.ts';
import {
  type DirectoryRepository,
  type MemberReader,
  type MemberReading,
  readMemberOf,
} from '../members/index.ts';
import { asksAgain } from './asks-again.ts';
import { askedAgainAtMs, cameFreeAtMs, keepAskedAgain } from './learnt-refusals.ts';

export interface ProbeParts {
  readonly outbox: Pick<OutboxRepository, 'unknown' | 'candidates'>;
  readonly directory: Pick<DirectoryRepository, 'byUid' | 'readLast'>;
  readonly reader: Pick<MemberReader, 'byNumber' | 'byUid'>;
  readonly purse: Pick<Purse, 'may'>;
  readonly link: Pick<Link, 'state'>;
  readonly settings: Pick<Settings, 'get' | 'set'>;
  readonly identity: Pick<OutboxIdentity, 'tillNumber' | 'tillCount' | 'storeTimeZone'>;
  readonly clock: Clock;
}

export interface Probe {
  /** Asks KYBIO one harmless thing. */
  ask(): Promise<void>;
  /** Whether there is a call to spare for it, or asking costs none. */
  mayAsk(): boolean;
  /** A person waits for it: the next one is asked whatever the budget says. */
  hurry(): void;
}

/** A card that nobody has: what KYBIO says of it hangs on no member's record. */
const NO_CARD = '0';

/** A person who presses again and again, while KYBIO takes no calls, costs a call a minute. */
const PRESSED_EVERY_MS = 60_000;

/** So many of the members whom KYBIO was asked for last: one of them may be who was refused. */
const KNOWN_OTHERS = 3;

/** With the day's calls used up KYBIO is asked this rarely all the same: a meter of ours may be wrong. */
const BEYOND_BUDGET_EVERY_MS = 900_000;

const isAnswered = (reading: MemberReading): boolean => reading.ok || reading.isAnswered;

/** Nothing came as far as KYBIO: such a question costs no call, and the network may be back any minute. */
const isAway = (reading: MemberReading): boolean =>
  !reading.ok && (reading.error.kind === 'not-connected' || reading.error.pause === 'portal');

/**
 * Asks about the member whose answer was lost (protocol rule 7: that member's evidence first), else about a card that
 * nobody has. Where the member brought no answer the card comes next, so that one record that KYBIO cannot
 * give holds nobody else. Where that question is answered with what increments were answered with, it may be that
 * KYBIO has one sentence for every card that it does not know: then the next one who waits is asked about, of whom it
 * must know more. The same after a refusal in words that nobody knows, and while KYBIO takes no calls: who is asked about
 * then is somebody whom it has known, and another one than was refused.
 */
export function createProbe(parts: ProbeParts): Probe {
  const { outbox, directory, reader, purse, link, clock } = parts;
  /** The entry about whose member KYBIO was asked last, and did not answer. */
  let unansweredId: string | null = null;
  let wasAway = false;
  let wasSaidToAll = false;
  let askedAtMonotonicMs = Number.NEGATIVE_INFINITY;
  /** While no calls are taken: when one was made all the same. A start is none, and makes up for a turn that it was off for. */
  let askedAtMs = askedAgainAtMs(parts.settings) ?? Number.NEGATIVE_INFINITY;
  let isPressed = false;
  /** Who was asked about then, and not answered. */
  let unansweredUid: string | null = null;

  const askAboutNobody = async (): Promise<MemberReading> => {
    const reading = await reader.byNumber(NO_CARD, 'probe');
    wasSaidToAll =
      !reading.ok &&
      !reading.isAnswered &&
      (reading.error.cause === 'not-kybio' || isRefusedInWords(reading.error));
    // Nothing is answered: then it was not the member's record.
    if (!isAnswered(reading) && !wasSaidToAll) unansweredId = null;
    return reading;
  };

  const hasCard = (customerUid: string): boolean => (directory.byUid(customerUid)?.number ?? '') !== '';

  const askAboutMember = (customerUid: string): Promise<MemberReading> => {
    const customerNumber = directory.byUid(customerUid)?.number ?? '';
    return readMemberOf(reader, { customerNumber, customerUid }, 'probe');
  };

  const askAboutLost = async ({ id, customerUid }: Increment): Promise<MemberReading> => {
    const reading = await askAboutMember(customerUid);
    unansweredId = isAnswered(reading) ? null : id;
    return reading;
  };

  const askAboutNext = (customerUid: string): Promise<MemberReading> => {
    wasSaidToAll = false;
    unansweredId = null;
    return askAboutMember(customerUid);
  };

  /** About somebody whom KYBIO has known, and not about who was refused, unless nobody else is known. */
  const askAboutOther = async (suspicion: Suspicion | null): Promise<MemberReading> => {
    const refused = suspicion?.about ?? null;
    const waiting = [...outbox.candidates(), ...outbox.unknown()].map(({ customerUid }) => customerUid);
    const known = directory.readLast(KNOWN_OTHERS).map(({ customerUid }) => customerUid);
    const others = [...waiting, ...known].filter(
      (customerUid) => customerUid !== refused && hasCard(customerUid),
    );
    const itself = suspicion?.isOfRead === false && refused !== null ? [refused] : [];
    const other =
      others.find((customerUid) => customerUid !== unansweredUid) ?? others[0] ?? itself.find(hasCard);
    if (other === undefined) return reader.byNumber(NO_CARD, 'probe', true);
    const reading = await askAboutMember(other);
    unansweredUid = isAnswered(reading) ? null : other;
    return reading;
  };

  const askNext = (): Promise<MemberReading> => {
    const { suspicion } = link.state;
    if (suspicion !== null || noCallsTaken(link.state) !== null) return askAboutOther(suspicion);
    const [lost] = outbox.unknown();
    if (lost !== undefined && lost.id !== unansweredId) return askAboutLost(lost);
    const [next] = wasSaidToAll ? outbox.candidates() : [];
    return next === undefined ? askAboutNobody() : askAboutNext(next.customerUid);
  };

  const isFirstHour = (unixMs: number): boolean =>
    storeTime(unixMs, parts.identity.storeTimeZone).slice(11, 13) === '00';

  /** While KYBIO takes no calls; null where it takes some. */
  const mayAskAgain = (): boolean | null => {
    const pause = noCallsTaken(link.state);
    if (pause === null) return null;
    const of = { pause, askedAtMs, place: parts.identity, cameFreeAtMs: cameFreeAtMs(parts.settings) };
    return isPressed || asksAgain({ ...of, isFirstHour }, clock.nowMs());
  };

  return {
    ask: async () => {
      askedAtMonotonicMs = clock.monotonicMs();
      askedAtMs = clock.nowMs();
      // Before it is asked: whatever becomes of it, this turn has had its call.
      if (noCallsTaken(link.state) !== null) keepAskedAgain(parts.settings, askedAtMs);
      isPressed = false;
      wasAway = isAway(await askNext());
    },
    mayAsk: () =>
      mayAskAgain() ??
      (wasAway || clock.monotonicMs() - askedAtMonotonicMs >= BEYOND_BUDGET_EVERY_MS || purse.may('probe')),
    hurry: () => {
      if (noCallsTaken(link.state) === null) askedAtMonotonicMs = Number.NEGATIVE_INFINITY;
      else if (clock.monotonicMs() - askedAtMonotonicMs >= PRESSED_EVERY_MS) isPressed = true;
    },
  };
}
