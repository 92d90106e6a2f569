import type { Purse } from '../link/kept-purse.ts';
import { isRefusedInWords } from '../link/read-failure.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import { type MemberReader, type MemberReading, readMemberOf } from '../members/member-reader.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock } from '../ports.ts';

export interface ProbeParts {
  readonly outbox: Pick<OutboxRepository, 'unknown' | 'candidates'>;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly reader: Pick<MemberReader, 'byNumber' | 'byUid'>;
  readonly purse: Pick<Purse, 'may'>;
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
 * must know more.
 */
export function createProbe({ outbox, directory, reader, purse, clock }: ProbeParts): Probe {
  /** The entry about whose member KYBIO was asked last, and did not answer. */
  let unansweredId: string | null = null;
  let wasAway = false;
  let wasSaidToAll = false;
  let askedAtMonotonicMs = Number.NEGATIVE_INFINITY;

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

  const askNext = (): Promise<MemberReading> => {
    const [lost] = outbox.unknown();
    if (lost !== undefined && lost.id !== unansweredId) return askAboutLost(lost);
    const [next] = wasSaidToAll ? outbox.candidates() : [];
    return next === undefined ? askAboutNobody() : askAboutNext(next.customerUid);
  };

  return {
    ask: async () => {
      askedAtMonotonicMs = clock.monotonicMs();
      wasAway = isAway(await askNext());
    },
    mayAsk: () =>
      wasAway || clock.monotonicMs() - askedAtMonotonicMs >= BEYOND_BUDGET_EVERY_MS || purse.may('probe'),
    hurry: () => {
      askedAtMonotonicMs = Number.NEGATIVE_INFINITY;
    },
  };
}
