import {
  type Amount,
  addAmounts,
  appError,
  compareAmounts,
  type EntryTerms,
  err,
  type Gets,
  isZeroAmount,
  negateAmount,
  ok,
  type Result,
  subtractAmounts,
  type TakenBackParts,
  type TypedEntry,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { Signer } from '../hosts/port/index.ts';
import { type Actor, enteredBy } from '../kernel/actor.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment, IncrementDraft, OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import type { TenderChanges } from '../ledger/shown/index.ts';
import { type DirectoryRepository, memberStatus } from '../members/index.ts';
import type { Approver, PermissionsPort } from '../people/index.ts';
import { agreedTerms, principalOf, sameTerms } from './agreed-terms.ts';
import { checkAmounts, checkSeen, checkStatus } from './check-draft.ts';
import type { Limits } from './limits.ts';
import { checkNewCredit, checkTillCap } from './offline-policy.ts';
import type { OfflineWindowService } from './offline-window-service.ts';
import type { PolicyRepository } from './policy-repository.ts';
import { createReversals, type ReversalParts, type Reversals } from './reversals.ts';
import type { RuleService } from './rules/rule-service.ts';
import { checkTender } from './tender.ts';
import type { BesideCredit, WaitingRepository } from './waiting-repository.ts';

export type TopUpRequest = Omit<TypedEntry, 'approval'>;

export interface PreviewRequest {
  readonly customerUid: string;
  readonly principal: Amount;
  readonly purchase: Amount;
}

export interface TopUpService {
  /**
   * Committed when this returns ok; the same request id answers with the same entry. What a cashier may not enter alone
   * takes an `approver`: `approval-needed` without one.
   */
  create(request: TopUpRequest, who: Actor, approver?: Approver | null): Result<Increment>;
  /** After a paper of it was handed out a guarded act, as above. */
  cancel(id: string, who: Actor, approver?: Approver | null): Result<Increment>;
  /** The caller has checked that a manager asks. */
  reverse(id: string, requestId: string, who: Actor, take?: TakenBackParts | null): Result<Increment>;
  planReversal: Reversals['plan'];
  /** What a top-up gets by the rules as they are now. Error: member-not-found. */
  preview(asked: PreviewRequest): Result<Gets>;
}

export interface TopUpParts extends ReversalParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly tenderChanges: Pick<TenderChanges, 'ofEntry'>;
  readonly directory: DirectoryRepository;
  readonly limits: Limits;
  readonly policy: Pick<PolicyRepository, 'current'>;
  readonly waiting: WaitingRepository;
  readonly offline: Pick<OfflineWindowService, 'look' | 'notice'>;
  /** On a host that tells ids rounded, an id that looks so may be another member's. */
  readonly isIdInexact: (customerUid: string) => boolean;
  readonly rules: Pick<RuleService, 'book' | 'gets'>;
  readonly permissions: Pick<PermissionsPort, 'decide' | 'isOverLimit'>;
  /** A paper of it is out of the till's hands. */
  readonly wasHandedOut: (sequence: number) => boolean;
  readonly clock: Clock;
  readonly signer: () => Signer | null;
  readonly today: () => string;
  readonly logger: Logger;
}

/** Whether a request was for the member of the entry. Where the names were erased meanwhile the uid alone tells. */
function isOfSameMember(
  { customerUid, customerNumber, customerName }: Increment,
  request: TopUpRequest,
): boolean {
  if (customerNumber === '' && customerName === '') return customerUid === request.customerUid;
  return checkSeen(request, { customerUid, number: customerNumber, name: customerName }) === null;
}

/** A request id that comes again with other content is a bug of the form, never a second increment. */
const sameRequest = (known: Increment, request: TopUpRequest): boolean =>
  isOfSameMember(known, request) &&
  compareAmounts(known.balanceIncrement, request.balanceIncrement) === 0 &&
  compareAmounts(known.pointIncrement, request.pointIncrement) === 0 &&
  sameTerms(known.terms, request);

/** As its form had it, however it was said to be paid since. */
function asEntered({ tenderChanges }: TopUpParts, known: Increment): Increment {
  const [first] = tenderChanges.ofEntry(known.sequence);
  return first === undefined ? known : { ...known, terms: { ...known.terms, ...first.was } };
}

/** Whether a credit may wait, beside what does. */
function mayWait(parts: TopUpParts, request: TopUpRequest): Result<BesideCredit> {
  const { waiting, offline, clock } = parts;
  const { customerUid, balanceIncrement, pointIncrement } = request;
  // Nobody is asked whether they mean what cannot be signed.
  if (parts.signer() === null) return err(appError('key-lost'));
  if (parts.isCheckedUp(customerUid)) return err(appError('check-up-running'));
  const policy = parts.policy.current();
  const entered = { balance: principalOf(request), point: pointIncrement };
  const beside = waiting.besideCredit(customerUid, entered, clock.nowMs(), policy.repeatWithinMs);
  const { stopped } = offline.look();
  const problem = checkNewCredit(balanceIncrement, request.again === true, { policy, stopped, ...beside });
  return problem === null ? ok(beside) : err(problem);
}

/** Who had to stand for it, as this moment's permissions have it. A bonus is what the rules give, and no cashier's. */
function approvalOf(
  { permissions }: TopUpParts,
  { balanceIncrement, pointIncrement }: TopUpRequest,
  { bonus }: EntryTerms,
  who: Actor,
  approver: Approver | null,
): ReturnType<PermissionsPort['decide']> {
  const principal = bonus === null ? balanceIncrement : subtractAmounts(balanceIncrement, bonus);
  const isOver = permissions.isOverLimit({ balance: principal, point: pointIncrement });
  return isOver ? permissions.decide('overLimit', who, approver) : ok({ approvedBy: null });
}

/** A request id that comes again with other sums is no repetition; null asks for the whole. */
function sameReversal(known: Increment, original: Increment | null, take: TakenBackParts | null): boolean {
  if (original === null || known.corrects !== original.id) return false;
  const asked =
    take === null
      ? { balance: original.balanceIncrement, points: original.pointIncrement }
      : { balance: addAmounts(take.principal, take.bonus), points: take.points };
  return (
    compareAmounts(negateAmount(known.balanceIncrement), asked.balance) === 0 &&
    compareAmounts(negateAmount(known.pointIncrement), asked.points) === 0
  );
}

export function createTopUpService(parts: TopUpParts): TopUpService {
  const { outbox, transitions, directory, limits, signer, today, logger, rules } = parts;
  const reversals = createReversals(parts);

  const add = (draft: IncrementDraft): Result<Increment> => {
    const key = signer();
    if (key === null) return err(appError('key-lost'));
    const added = outbox.addNew(draft, key.sign);
    if (!added.ok) return added;
    logger.info('increment.saved', {
      entry: added.value.id,
      sequence: added.value.sequence,
      kind: draft.kind,
    });
    // From here on something waits.
    parts.offline.notice();
    return added;
  };

  return {
    create: (request, who, approver = null) => {
      const known = outbox.byRequestId(request.requestId);
      if (known !== null)
        return sameRequest(asEntered(parts, known), request) ? ok(known) : err(appError('entered-otherwise'));
      const problem = checkAmounts(request, limits);
      if (problem !== null) return err(problem);
      const unpaid = checkTender(request, principalOf(request), parts.policy.current(), limits);
      if (unpaid !== null) return err(unpaid);
      const member = directory.byUid(request.customerUid);
      if (member === null) return err(appError('member-not-found'));
      const changed = checkSeen(request, member);
      if (changed !== null) return err(changed);
      const closed = checkStatus(memberStatus(member, today()));
      if (closed !== null) return err(closed);
      if (parts.isIdInexact(request.customerUid)) return err(appError('member-id-inexact'));
      const terms = agreedTerms(rules, request, member);
      if (!terms.ok) return terms;
      const beside = mayWait(parts, request);
      if (!beside.ok) return beside;
      const allowed = approvalOf(parts, request, terms.value, who, approver);
      if (!allowed.ok) return allowed;
      const { tillWaitingCap } = parts.policy.current();
      const full = checkTillCap(request.balanceIncrement, beside.value.unsent, tillWaitingCap);
      if (full !== null) return err(full);
      const { requestId, customerUid, balanceIncrement, pointIncrement } = request;
      return add({
        requestId,
        customerUid,
        balanceIncrement,
        pointIncrement,
        note: request.note.trim(),
        kind: isZeroAmount(request.balanceIncrement) ? 'award' : 'top-up',
        customerNumber: member.number,
        customerName: member.name,
        ...enteredBy(who),
        corrects: null,
        terms: { ...terms.value, approvedBy: allowed.value.approvedBy },
      });
    },
    preview: ({ customerUid, principal, purchase }) => {
      const member = directory.byUid(customerUid);
      if (member === null) return err(appError('member-not-found'));
      if ([principal, purchase].some((sum) => compareAmounts(sum, zeroAmount) < 0))
        return err(appError('amount-invalid', { problem: 'negative' }));
      const asked = { customerUid, category: member.categoryName, principal, purchase };
      const { version, bonus, rule, points, isRounded } = rules.gets(asked);
      return ok({ version, bonus, rule, points, isRounded });
    },
    cancel: (id, who, approver = null) => {
      const before = outbox.byId(id);
      if (before !== null && parts.wasHandedOut(before.sequence)) {
        const allowed = parts.permissions.decide('cancelAfterPaper', who, approver);
        if (!allowed.ok) return allowed;
      }
      const cancelled = transitions.cancel(id, who);
      if (cancelled.ok) logger.info('increment.cancelled', { entry: id, sequence: cancelled.value.sequence });
      return cancelled;
    },
    reverse: (id, requestId, who, take = null) => {
      const known = outbox.byRequestId(requestId);
      if (known !== null)
        return sameReversal(known, outbox.byId(id), take) ? ok(known) : err(appError('entered-otherwise'));
      const draft = reversals.draft(id, requestId, who, take);
      return draft.ok ? add(draft.value) : draft;
    },
    planReversal: reversals.plan,
  };
}
