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
import { type OpenDoubt, paperOfDoubt, type SumsInReply, standingOf, sumsSeenIn } from '../sending/index.ts';
import type { ReviewParts } from './review-parts.ts';
import type { ShownReading, ShownReadings } from './shown-readings.ts';
import { termsOfCorrection } from './terms-taken-back.ts';

type CorrectionParts = Pick<
  ReviewParts,
  'outbox' | 'reader' | 'doubts' | 'signer' | 'keeper' | 'isCheckedUp' | 'journal' | 'clock'
>;

/** What a new reading says of a doubt; `moved` where it says neither. */
export type Standing = 'stands' | 'gone' | 'moved';

/** A doubt with what a person may mend it by; both null where KYBIO is to be read first. */
export interface ReadDoubt extends OpenDoubt {
  readonly reading: ShownReading | null;
  readonly standing: Standing | null;
}

interface Correctable {
  readonly doubt: OpenDoubt;
  readonly increment: Increment;
  readonly key: Signer;
}

/** The doubt, where it still waits and its entry can be mended from here. */
function correctable(parts: CorrectionParts, doubtId: string): Result<Correctable, AppError> {
  const { outbox, doubts, signer, keeper } = parts;
  const doubt = doubts.byId(doubtId);
  const increment = doubt === null ? null : outbox.byId(doubt.entryId);
  const key = signer();
  if (doubt === null || increment === null) return err(appError('entry-changed'));
  // What was never sent from here is not there twice by that, and what is being sent will tell. A receipt tells of others.
  const isOfHere = paperOfDoubt(doubt) === null;
  if (doubt.kind === 'possible-double' && isOfHere && !isSentFromHere(increment))
    return err(appError('entry-changed'));
  // Who took a double back since was perhaps mending it. What was taken back before is doubled all the same.
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
    // What is missing comes again as what it was.
    kind: double ? 'reversal' : kind,
    balanceIncrement: double ? negateAmount(balanceIncrement) : balanceIncrement,
    pointIncrement: double ? negateAmount(pointIncrement) : pointIncrement,
    ...enteredBy(who),
    note: '',
    // What takes a double back leaves the single credit, which may be taken back yet: the doubt alone names it.
    corrects: double || increment.corrected ? null : increment.id,
    terms: termsOfCorrection(increment.terms, double),
  };
}

/** What the reply that raised the doubt said the member held after it; a part that it left out is not known. */
export function knownAfter(doubt: OpenDoubt, seenBy: Increment): SumsInReply {
  const { balance, point } = sumsSeenIn(doubt.content)?.read ?? { balance: null, point: null };
  const isTold = { balance: seenBy.balanceBefore !== null, point: seenBy.pointBefore !== null };
  return {
    balance: balance === null || !isTold.balance ? null : addAmounts(balance, seenBy.balanceIncrement),
    point: point === null || !isTold.point ? null : addAmounts(point, seenBy.pointIncrement),
  };
}

/**
 * Whether the sums still hold what the doubt is about. Where they do not, somebody may have mended it already, and a
 * member would be debited twice; or the member has spent it, and the shop would lose it.
 */
export function standingNow(
  { doubts, outbox }: Pick<CorrectionParts, 'doubts' | 'outbox'>,
  doubt: OpenDoubt,
  reading: ShownReading | null,
): Standing | null {
  const [increment, seenBy] = [outbox.byId(doubt.entryId), outbox.byId(doubt.seenBy)];
  if (increment === null || seenBy === null || reading?.sums == null) return null;
  const known = knownAfter(doubt, seenBy);
  // What nothing is known of stands by nobody's word.
  if (known.balance === null && known.point === null) return 'moved';
  const increments = { balance: increment.balanceIncrement, point: increment.pointIncrement };
  return standingOf({ kind: doubt.kind, increments }, known, doubts.ownSince(seenBy), reading.sums);
}

/** Reads the member of a doubt by its id. */
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

/** A linked increment that mends a doubted entry, after a reading that was shown. */
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
  const standing = standingNow(parts, doubt, reading);
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
