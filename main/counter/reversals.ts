import {
  type Amount,
  type AppError,
  addAmounts,
  appError,
  compareAmounts,
  err,
  isZeroAmount,
  negateAmount,
  ok,
  type Result,
  type ReversedParts,
} from '../../preload/contract/index.ts';
import { type Actor, enteredBy, needsManager } from '../kernel/actor.ts';
import type { Increment, IncrementDraft, JournalKeeper, OutboxRepository } from '../ledger/index.ts';
import { type DirectoryRepository, type MemberReader, readMemberOf } from '../members/index.ts';
import type { Sums } from '../sending/index.ts';
import type { Limits } from './limits.ts';
import { checkReversal } from './offline-policy.ts';
import type { OfflineWindow } from './offline-window.ts';
import { reversalTerms } from './reversal-terms.ts';
import {
  type Added,
  addedOf,
  incrementOf,
  isPart,
  type ReversalShare,
  takeBack,
} from './rules/reversal-share.ts';
import type { WaitingRepository } from './waiting-repository.ts';

export interface ReversalParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly reader: Pick<MemberReader, 'byNumber' | 'byUid'>;
  readonly waiting: Pick<WaitingRepository, 'waitingDebitsOf'>;
  readonly limits: Pick<Limits, 'balanceDecimals'>;
  readonly offline: Pick<OfflineWindow, 'look'>;
  /** KYBIO answers, and no pause. */
  readonly isOnline: () => boolean;
  /** An altered entry is never taken back, since that would send it. */
  readonly keeper: Pick<JournalKeeper, 'problem'>;
  /** The host check-up uses this member: its sums must move by the check-up alone. */
  readonly isCheckedUp: (customerUid: string) => boolean;
}

/** What a reversal would take, for a manager to decide. */
interface ReversalPlan {
  readonly take: ReversedParts;
  readonly principal: Amount;
  readonly isRounded: boolean;
  /** The member's sums less open debits; null if never read. */
  readonly holds: Sums | null;
  /** The sums were read for this plan. */
  readonly isRead: boolean;
}

export interface Reversals {
  /** With `principal` or all of it, which reads the member. */
  plan(id: string, principal: Amount | undefined): Promise<Result<ReversalPlan, AppError>>;
  /** The increment that takes back what was shown; null: the whole, exactly. */
  draft(
    id: string,
    requestId: string,
    who: Actor,
    take: ReversedParts | null,
  ): Result<IncrementDraft, AppError>;
}

const partsOf = ({ principal, bonus, points, letGo }: ReversalShare): ReversedParts => ({
  principal,
  bonus,
  points,
  letGo,
});

const isSame = (one: ReversedParts, other: ReversedParts): boolean =>
  (['principal', 'bonus', 'points', 'letGo'] as const).every(
    (part) => compareAmounts(one[part], other[part]) === 0,
  );

const addedBy = ({ balanceIncrement, pointIncrement, terms }: Increment): Added =>
  addedOf(balanceIncrement, terms.bonus, pointIncrement);

/** The entry, if it can be taken back. */
function reversible({ outbox, keeper }: ReversalParts, id: string): Result<Increment, AppError> {
  const original = outbox.byId(id);
  if (original === null) return err(appError('entry-not-found'));
  if (original.state !== 'confirmed' || original.kind === 'reversal' || original.corrected) {
    return err(appError('entry-not-reversible'));
  }
  return keeper.problem(id) === null ? ok(original) : err(appError('entry-not-vouched'));
}

/** The entry that was paid for: a repeated credit is not paid, so its reversal refunds the first entry. */
function paidBy(parts: ReversalParts, entry: Increment): Increment {
  const before = entry.corrects === null ? null : parts.outbox.byId(entry.corrects);
  return before === null ? entry : paidBy(parts, before);
}

/** The member's sums as read; null if never read. */
const knownSums = ({ directory }: ReversalParts, customerUid: string): Sums | null =>
  directory.byUid(customerUid);

/** The member's sums less open debits; null if unknown. */
function holdsOf(parts: ReversalParts, { customerUid }: Increment): Sums | null {
  const known = knownSums(parts, customerUid);
  if (known === null) return null;
  const debits = parts.waiting.waitingDebitsOf(customerUid);
  return {
    balance: addAmounts(known.balance, debits.balance),
    point: addAmounts(known.point, debits.point),
  };
}

function problemOf(parts: ReversalParts, original: Increment, taken: ReversalShare): AppError | null {
  const { customerUid } = original;
  if (parts.isCheckedUp(customerUid)) return appError('check-up-running');
  const { balanceIncrement, pointIncrement } = incrementOf(taken);
  return checkReversal(
    { balance: balanceIncrement, point: pointIncrement },
    {
      stopped: parts.offline.look().stopped,
      online: parts.isOnline(),
      known: knownSums(parts, customerUid),
      waitingDebits: parts.waiting.waitingDebitsOf(customerUid),
    },
  );
}

/** Writing off spent bonus needs a manager even if cashiers may reverse. */
const writeOffProblem = ({ letGo }: ReversalShare, who: Actor): AppError | null =>
  needsManager(who) && !isZeroAmount(letGo) ? appError('approval-needed', { reason: 'reversal' }) : null;

export function createReversals(parts: ReversalParts): Reversals {
  const { limits } = parts;
  const takenOf = (original: Increment, principal: Amount): ReversalShare =>
    takeBack(addedBy(original), principal, holdsOf(parts, original)?.balance ?? null, limits);

  return {
    plan: async (id, wanted) => {
      const found = reversible(parts, id);
      if (!found.ok) return found;
      const added = addedBy(found.value);
      const principal = wanted ?? added.principal;
      if (!isPart(added, principal)) return err(appError('amount-invalid', { problem: 'above-cap' }));
      // Once, before parts are tried. Without an answer the known sums stay.
      const isAsked = wanted === undefined && parts.isOnline();
      const isRead = isAsked && (await readMemberOf(parts.reader, found.value, 'look-up')).ok;
      const taken = takenOf(found.value, principal);
      const { isRounded } = taken;
      return ok({
        take: partsOf(taken),
        principal: added.principal,
        isRounded,
        holds: holdsOf(parts, found.value),
        isRead,
      });
    },
    draft: (id, requestId, who, take) => {
      const found = reversible(parts, id);
      if (!found.ok) return found;
      const original = found.value;
      const added = addedBy(original);
      const principal = take?.principal ?? added.principal;
      if (!isPart(added, principal)) return err(appError('reversal-changed'));
      const taken = takenOf(original, principal);
      const seen = take ?? partsOf(takeBack(added, principal, null, limits));
      if (!isSame(seen, partsOf(taken))) return err(appError('reversal-changed'));
      const problem = problemOf(parts, original, taken) ?? writeOffProblem(taken, who);
      if (problem !== null) return err(problem);
      const { customerUid, customerNumber, customerName, note } = original;
      return ok({
        requestId,
        customerUid,
        customerNumber,
        customerName,
        note,
        ...incrementOf(taken),
        kind: 'reversal',
        ...enteredBy(who),
        corrects: original.id,
        terms: {
          ...reversalTerms(original.terms, paidBy(parts, original).terms.tender),
          bonus: isZeroAmount(taken.bonus) ? null : negateAmount(taken.bonus),
          bonusLetGo: isZeroAmount(taken.letGo) ? null : taken.letGo,
          approvedBy: who.approvedBy ?? null,
        },
      });
    },
  };
}
