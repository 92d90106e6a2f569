import {
  type AppError,
  addAmounts,
  appError,
  err,
  negateAmount,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { Signer } from '../hosts/port/index.ts';
import { type Actor, actorText, enteredBy } from '../kernel/actor.ts';
import type { Increment, IncrementDraft } from '../ledger/index.ts';
import { readByUid } from '../members/index.ts';
import {
  doubtStatusOf,
  type OpenDoubt,
  paperOfDoubt,
  type SumsInReply,
  sumsOfEntry,
  sumsSeenIn,
} from '../sending/index.ts';
import { termsOfCorrection } from './reversal-terms.ts';
import type { ReviewParts } from './review-parts.ts';
import type { ShownReading, ShownReadings } from './shown-readings.ts';

type CorrectionParts = Pick<
  ReviewParts,
  'outbox' | 'reader' | 'doubts' | 'signer' | 'keeper' | 'isCheckedUp' | 'journal' | 'clock'
>;

/** Whether a new reading confirms a suspicion; `moved` if it shows neither. */
export type DoubtStatus = 'stands' | 'gone' | 'moved';

/** A suspicion with the reading to correct it by; both null if KYBIO must be read first. */
export interface ReadDoubt extends OpenDoubt {
  readonly reading: ShownReading | null;
  readonly standing: DoubtStatus | null;
}

interface Correctable {
  readonly doubt: OpenDoubt;
  readonly increment: Increment;
  readonly key: Signer;
}

/** The suspicion, if it still waits and its entry can be corrected from here. */
function correctable(parts: CorrectionParts, doubtId: string): Result<Correctable, AppError> {
  const { outbox, doubts, signer, keeper } = parts;
  const doubt = doubts.byId(doubtId);
  const increment = doubt === null ? null : outbox.byId(doubt.entryId);
  const key = signer();
  if (doubt === null || increment === null) return err(appError('entry-changed'));
  // An entry never sent from here is not doubled by a send; one being sent is not decided yet. A receipt reports
  // other tills' sends.
  const isOfHere = paperOfDoubt(doubt) === null;
  if (doubt.kind === 'possible-double' && isOfHere && !isSentFromHere(increment))
    return err(appError('entry-changed'));
  // A reversal since may have been the correction; an earlier one leaves the double.
  if (doubt.kind === 'possible-double' && doubts.isTakenBackSince(doubt))
    return err(appError('entry-changed'));
  if (!outbox.isOfThisAccount(increment)) return err(appError('other-account'));
  if (parts.isCheckedUp(increment.customerUid)) return err(appError('check-up-running'));
  if (key === null) return err(appError('key-lost'));
  if (keeper.problem(increment.id) !== null) return err(appError('entry-not-vouched'));
  return ok({ doubt, increment, key });
}

const isSentFromHere = ({ touched, state }: Increment): boolean =>
  touched && state !== 'queued' && state !== 'sending';

function correctionOf({ doubt, increment }: Correctable, requestId: string, who: Actor): IncrementDraft {
  const { customerUid, customerNumber, customerName, kind, balanceIncrement, pointIncrement } = increment;
  const double = doubt.kind === 'possible-double';
  return {
    customerUid,
    customerNumber,
    customerName,
    requestId,
    // A missing credit is repeated as it was.
    kind: double ? 'reversal' : kind,
    balanceIncrement: double ? negateAmount(balanceIncrement) : balanceIncrement,
    pointIncrement: double ? negateAmount(pointIncrement) : pointIncrement,
    ...enteredBy(who),
    note: '',
    // Reversing the double leaves the single credit, which may still be taken back.
    corrects: double || increment.corrected ? null : increment.id,
    terms: termsOfCorrection(increment.terms, double),
  };
}

/** The sums after the reply that raised it; null for a part that it left out. */
export function knownAfter(doubt: OpenDoubt, seenBy: Increment): SumsInReply {
  const { balance, point } = sumsSeenIn(doubt.content)?.read ?? { balance: null, point: null };
  const isTold = { balance: seenBy.balanceBefore !== null, point: seenBy.pointBefore !== null };
  return {
    balance: balance === null || !isTold.balance ? null : addAmounts(balance, seenBy.balanceIncrement),
    point: point === null || !isTold.point ? null : addAmounts(point, seenBy.pointIncrement),
  };
}

/**
 * Whether the sums still show the suspicion. If not, it may be corrected already, and the member would be debited
 * twice; or the member has spent it, at the shop's loss.
 */
export function doubtStatusNow(
  { doubts, outbox }: Pick<CorrectionParts, 'doubts' | 'outbox'>,
  doubt: OpenDoubt,
  reading: ShownReading | null,
): DoubtStatus | null {
  const [increment, seenBy] = [outbox.byId(doubt.entryId), outbox.byId(doubt.seenBy)];
  if (increment === null || seenBy === null || reading?.sums == null) return null;
  const known = knownAfter(doubt, seenBy);
  // Nothing to compare.
  if (known.balance === null && known.point === null) return 'moved';
  const suspected = { kind: doubt.kind, increments: sumsOfEntry(increment) };
  return doubtStatusOf(suspected, known, doubts.ownSince(seenBy), reading.sums);
}

export async function readDoubt(
  parts: CorrectionParts,
  doubtId: string,
  readings: Pick<ShownReadings, 'begin'>,
  notReadable: (customerUid: string) => AppError | null,
): Promise<Result<OpenDoubt>> {
  const asked = correctable(parts, doubtId);
  if (!asked.ok) return asked;
  const { doubt, increment } = asked.value;
  const keep = readings.begin(doubtId, increment.customerUid);
  const why = notReadable(increment.customerUid);
  if (why !== null) return err(why);
  const reading = await readByUid(parts.reader, increment, 'probe');
  if (!reading.ok) return reading;
  const { balance, point } = reading.value;
  keep({ sums: { balance, point }, why: null });
  return ok(doubt);
}

/** Adds a linked increment that corrects the entry, based on a reading that was shown. */
export function correctDoubt(
  parts: CorrectionParts,
  doubtId: string,
  who: Actor,
  reading: ShownReading | null,
  isMeant: boolean,
): Result<Increment> {
  const { outbox, doubts, clock } = parts;
  const asked = correctable(parts, doubtId);
  if (!asked.ok) return asked;
  const { doubt } = asked.value;
  if (reading?.sums == null) return err(appError('reading-needed'));
  const standing = doubtStatusNow(parts, doubt, reading);
  if (standing !== 'stands' && !isMeant) return err(appError('evidence-changed'));
  return doubts.correct(doubtId, clock.nowMs(), () => {
    const { entryId, kind, seenBy, content } = doubt;
    const seenByEntry = outbox.byId(seenBy);
    const known = seenByEntry === null ? null : knownAfter(doubt, seenByEntry);
    parts.journal?.append({
      event: 'noted',
      actor: actorText(who),
      reason: 'doubt corrected',
      content: { entry: entryId, kind, seenBy, seen: content, shown: { known, read: reading, standing } },
    });
    const draft = correctionOf(asked.value, doubts.requestId(doubtId), who);
    return outbox.add(draft, asked.value.key.sign);
  });
}
