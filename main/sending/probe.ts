import { callsRefusedPause, isRefusedInWords, type Suspicion } from '../hosts/link/index.ts';
import { storeTime } from '../kernel/store-time.ts';
import type { Increment } from '../ledger/index.ts';
import { type MemberReading, readMemberOf } from '../members/index.ts';
import { askedAgainAtMs, cameFreeAtMs, keepAskedAgain } from './learnt-refusals.ts';
import type { SyncLoopParts } from './loop-parts.ts';
import { isProbeDue } from './probe-due.ts';

interface Probe {
  /** Makes one harmless look-up. */
  ask(): Promise<void>;
  /** Whether a call is left for it, or it costs none. */
  mayAsk(): boolean;
  /** Allows the next one beyond the call budget. */
  hurry(): void;
}

/** A number that does not exist: KYBIO's answer depends on no member's record. */
const NO_CARD = '0';

/** Limits repeated presses while KYBIO takes no calls to a call a minute. */
const PRESSED_EVERY_MS = 60_000;

/** Several of the last members read: one of them may be the refused one. */
const KNOWN_OTHERS = 3;

/** With the day's calls used up one probe goes this often: our meter may be wrong. */
const BEYOND_BUDGET_EVERY_MS = 900_000;

const isAnswered = (reading: MemberReading): boolean => reading.ok || reading.isAnswered;

/** Nothing reached KYBIO: the call costs nothing, and the network may return any minute. */
const isAway = (reading: MemberReading): boolean =>
  !reading.ok && (reading.error.kind === 'not-connected' || reading.error.pause === 'portal');

/**
 * Looks up the member whose answer was lost (protocol rule 7), else a number that does not exist; that too after a
 * member without an answer, so that one broken record blocks nobody. If that gets the answer that increments got,
 * KYBIO may say so of every unknown card: then the next waiting member is looked up. After a refusal in unknown
 * words, and while KYBIO takes no calls, it looks up a known member other than the refused one.
 */
export function createProbe(
  parts: Pick<
    SyncLoopParts,
    'outbox' | 'directory' | 'reader' | 'callBudget' | 'link' | 'settings' | 'identity' | 'clock'
  >,
): Probe {
  const { outbox, directory, reader, callBudget, link, clock } = parts;
  /** The entry whose member's last look-up got no answer. */
  let unansweredId: string | null = null;
  let wasAway = false;
  let wasAccountWide = false;
  let askedAtMonotonicMs = Number.NEGATIVE_INFINITY;
  /**
   * When a call was last made while KYBIO takes none; stored, so that a till that was off at its turn makes up for it.
   */
  let askedAtMs = askedAgainAtMs(parts.settings) ?? Number.NEGATIVE_INFINITY;
  let isPressed = false;
  /** The member whose look-up then got no answer. */
  let unansweredUid: string | null = null;

  const askAboutNobody = async (): Promise<MemberReading> => {
    const reading = await reader.byNumber(NO_CARD, 'probe');
    wasAccountWide =
      !reading.ok &&
      !reading.isAnswered &&
      (reading.error.cause === 'not-kybio' || isRefusedInWords(reading.error));
    // Nothing is answered, so it was not the member's record.
    if (!isAnswered(reading) && !wasAccountWide) unansweredId = null;
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
    wasAccountWide = false;
    unansweredId = null;
    return askAboutMember(customerUid);
  };

  /** A member known to KYBIO, the refused one only if there is no other. */
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
    if (suspicion !== null || callsRefusedPause(link.state) !== null) return askAboutOther(suspicion);
    const [lost] = outbox.unknown();
    if (lost !== undefined && lost.id !== unansweredId) return askAboutLost(lost);
    const [next] = wasAccountWide ? outbox.candidates() : [];
    return next === undefined ? askAboutNobody() : askAboutNext(next.customerUid);
  };

  const isFirstHour = (unixMs: number): boolean =>
    storeTime(unixMs, parts.identity.storeTimeZone).slice(11, 13) === '00';

  /** Null if KYBIO takes calls. */
  const mayAskAgain = (): boolean | null => {
    const pause = callsRefusedPause(link.state);
    if (pause === null) return null;
    const of = { pause, askedAtMs, place: parts.identity, cameFreeAtMs: cameFreeAtMs(parts.settings) };
    return isPressed || isProbeDue({ ...of, isFirstHour }, clock.nowMs());
  };

  return {
    ask: async () => {
      askedAtMonotonicMs = clock.monotonicMs();
      askedAtMs = clock.nowMs();
      // Before the call: whatever its result, this turn is used.
      if (callsRefusedPause(link.state) !== null) keepAskedAgain(parts.settings, askedAtMs);
      isPressed = false;
      wasAway = isAway(await askNext());
    },
    mayAsk: () =>
      mayAskAgain() ??
      (wasAway ||
        clock.monotonicMs() - askedAtMonotonicMs >= BEYOND_BUDGET_EVERY_MS ||
        callBudget.may('probe')),
    hurry: () => {
      if (callsRefusedPause(link.state) === null) askedAtMonotonicMs = Number.NEGATIVE_INFINITY;
      else if (clock.monotonicMs() - askedAtMonotonicMs >= PRESSED_EVERY_MS) isPressed = true;
    },
  };
}
