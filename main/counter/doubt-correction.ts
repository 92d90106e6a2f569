import {
  type AppError,
  addAmounts,
  appError,
  compareAmounts,
  err,
  negateAmount,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { type Actor, actorText, enteredBy } from '../journal/actor.ts';
import { type MemberReading, readMemberOf } from '../members/member-reader.ts';
import { readError } from '../members/read-error.ts';
import type { Signer } from '../outbox/member-host.ts';
import type { Increment, IncrementDraft } from '../outbox/types.ts';
import { sumsSeenIn } from '../sync/doubt-content.ts';
import type { OpenDoubt } from '../sync/doubts.ts';
import { type SumsInReply, standingOf } from '../sync/next-reply.ts';
import { paperOfDoubt } from '../sync/papers-beside.ts';
import type { Sums } from '../sync/undecided.ts';
import type { ReviewParts } from './review-parts.ts';
import { termsOfCorrection } from './terms-taken-back.ts';

type CorrectionParts = Pick<
  ReviewParts,
  'outbox' | 'reader' | 'doubts' | 'signer' | 'keeper' | 'isCheckedUp' | 'journal' | 'clock'
>;

/** What a manager was shown of a reading that does not bear a doubt out, by doubt. */
export type ShownReadings = Map<string, Sums & { readonly atMs: number }>;

/** A manager who presses again within this time knows what was shown. */
const SHOWN_FOR_MS = 600_000;

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
    ...{ customerUid, customerNumber, customerName, requestId },
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
function afterReply(doubt: OpenDoubt, seenBy: Increment): SumsInReply {
  const { balance, point } = sumsSeenIn(doubt.content)?.read ?? { balance: null, point: null };
  const isTold = { balance: seenBy.balanceBefore !== null, point: seenBy.pointBefore !== null };
  return {
    balance: balance === null || !isTold.balance ? null : addAmounts(balance, seenBy.balanceIncrement),
    point: point === null || !isTold.point ? null : addAmounts(point, seenBy.pointIncrement),
  };
}

/**
 * Why a new reading speaks against correcting; null where it does not. Where the sums no longer hold what the
 * doubt is about, somebody may have mended it already, and a member would be debited twice; or the member has
 * spent it, and the shop would lose it. Nobody but a person can tell, so the manager is shown what was read, and
 * who presses again while it is still so means it.
 */
function objection(
  { doubts, outbox, clock }: CorrectionParts,
  { doubt, increment }: Correctable,
  { value: { balance, point }, overlapsNoSend }: Extract<MemberReading, { ok: true }>,
  shown: ShownReadings,
): AppError | null {
  const seenBy = outbox.byId(doubt.seenBy);
  if (seenBy === null) return appError('entry-changed');
  const increments = { balance: increment.balanceIncrement, point: increment.pointIncrement };
  const about = { kind: doubt.kind, increments };
  // What overlapped a send of ours speaks for nothing (protocol rule 6).
  const standing = overlapsNoSend
    ? standingOf(about, afterReply(doubt, seenBy), doubts.ownSince(seenBy), { balance, point })
    : 'moved';
  const known = shown.get(doubt.id);
  const atMs = clock.nowMs();
  shown.delete(doubt.id);
  if (standing === 'stands') return null;
  const isAgain =
    known !== undefined &&
    Math.abs(atMs - known.atMs) <= SHOWN_FOR_MS &&
    compareAmounts(known.balance, balance) === 0 &&
    compareAmounts(known.point, point) === 0;
  if (isAgain) return null;
  shown.set(doubt.id, { balance, point, atMs });
  return appError('evidence-changed', { reason: `${doubt.kind}-${standing}`, balance, point });
}

/** A linked increment that mends a doubted entry, after a new reading that bears the doubt out. */
export async function correctDoubt(
  parts: CorrectionParts,
  doubtId: string,
  who: Actor,
  shown: ShownReadings,
): Promise<Result<Increment>> {
  const { outbox, reader, doubts, clock } = parts;
  const asked = correctable(parts, doubtId);
  if (!asked.ok) return asked;
  const reading = await readMemberOf(reader, asked.value.increment, 'probe');
  if (!reading.ok) return err(readError(reading.error));
  // While it was read another manager may have answered, or the check-up begun.
  const still = correctable(parts, doubtId);
  if (!still.ok) return still;
  const against = objection(parts, still.value, reading, shown);
  if (against !== null) return err(against);
  return doubts.correct(doubtId, clock.nowMs(), () => {
    const { entryId, kind, seenBy, content } = still.value.doubt;
    const { balance, point } = reading.value;
    parts.journal?.append({
      ...{ event: 'noted', actor: actorText(who), reason: 'doubt corrected' },
      content: { entry: entryId, kind, seenBy, seen: content, read: { balance, point } },
    });
    const draft = correctionOf(still.value, doubts.requestId(doubtId), who);
    return outbox.add(draft, still.value.key.sign);
  });
}
