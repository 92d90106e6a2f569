import { type AppError, appError, err, negateAmount, ok, type Result } from '../../preload/contract/index.ts';
import { readError } from '../members/read-error.ts';
import type { Increment, IncrementDraft } from '../outbox/types.ts';
import type { OpenDoubt } from '../sync/doubt-repository.ts';
import type { Signer } from '../sync/signer.ts';
import type { ReviewParts } from './review-service.ts';

type CorrectionParts = Pick<
  ReviewParts,
  'outbox' | 'reader' | 'doubts' | 'signer' | 'keeper' | 'isCheckedUp' | 'clock'
>;

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
  if (doubt === null || increment === null || increment.corrected) return err(appError('entry-changed'));
  if (!outbox.isOfThisAccount(increment)) return err(appError('other-account'));
  if (parts.isCheckedUp(increment.customerUid)) return err(appError('check-up-running'));
  if (key === null) return err(appError('key-lost'));
  if (keeper.problem(increment.id) !== null) return err(appError('entry-not-vouched'));
  return ok({ doubt, increment, key });
}

function correctionOf({ doubt, increment }: Correctable, manager: string): IncrementDraft {
  const { customerUid, customerNumber, customerName, kind, balanceIncrement, pointIncrement } = increment;
  const double = doubt.kind === 'possible-double';
  return {
    ...{ customerUid, customerNumber, customerName },
    requestId: `correct:${doubt.id}`,
    // What is missing comes again as what it was.
    kind: double ? 'reversal' : kind,
    balanceIncrement: double ? negateAmount(balanceIncrement) : balanceIncrement,
    pointIncrement: double ? negateAmount(pointIncrement) : pointIncrement,
    cashier: manager,
    note: '',
    corrects: increment.id,
  };
}

/** A linked increment that mends a doubted entry, after a fresh reading. */
export async function correctDoubt(
  parts: CorrectionParts,
  doubtId: string,
  manager: string,
): Promise<Result<Increment>> {
  const { outbox, reader, doubts, clock } = parts;
  const asked = correctable(parts, doubtId);
  if (!asked.ok) return asked;
  const { customerNumber, customerUid } = asked.value.increment;
  const reading = await reader.byNumber(customerNumber, 'probe');
  if (!reading.ok) return err(readError(reading.error));
  // The card may belong to another member now.
  if (reading.value.customerUid !== customerUid) return err(appError('member-not-found'));
  // While it was read another manager may have answered, or the check-up begun.
  const still = correctable(parts, doubtId);
  if (!still.ok) return still;
  return doubts.correct(doubtId, clock.nowMs(), () =>
    outbox.add(correctionOf(still.value, manager), still.value.key.sign),
  );
}
