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
  type ReversedParts,
  type TypedEntry,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { Signer } from '../hosts/port/index.ts';
import { type Actor, enteredBy } from '../kernel/actor.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import {
  type Increment,
  type IncrementDraft,
  type OutboxRepository,
  requestAgain,
  type TransitionsRepository,
} from '../ledger/index.ts';
import type { TenderChanges } from '../ledger/shown/index.ts';
import { type DirectoryRepository, memberStatus } from '../members/index.ts';
import type { Approver, PermissionsPort } from '../people/index.ts';
import { agreedTerms, principalOf, sameTerms } from './agreed-terms.ts';
import { checkAmounts, checkSeen, checkStatus } from './check-draft.ts';
import type { Limits } from './limits.ts';
import { checkNewCredit, checkTillCap } from './offline-policy.ts';
import type { OfflineWindow } from './offline-window.ts';
import type { PolicyRepository } from './policy-repository.ts';
import { createReversals, type ReversalParts, type Reversals } from './reversals.ts';
import type { RuleService } from './rules/rule-service.ts';
import { checkTender } from './tender.ts';
import type { WaitingCredit, WaitingRepository } from './waiting-repository.ts';

export type TopUpRequest = Omit<TypedEntry, 'approval'>;

interface PreviewRequest {
  readonly customerUid: string;
  readonly principal: Amount;
  readonly purchase: Amount;
}

export interface TopUpService {
  /**
   * Durable on return; the same request id returns the same entry. `approval-needed` if a cashier may not do it alone.
   */
  create(request: TopUpRequest, who: Actor, approver?: Approver | null): Result<Increment>;
  /** A guarded act, as above, after a receipt was handed out. */
  cancel(id: string, who: Actor, approver?: Approver | null): Result<Increment>;
  /** The caller has checked for a manager. */
  reverse(id: string, requestId: string, who: Actor, take?: ReversedParts | null): Result<Increment>;
  planReversal: Reversals['plan'];
  /** What a top-up gets by the current rules. Error: member-not-found. */
  preview(asked: PreviewRequest): Result<Gets>;
}

interface TopUpParts extends ReversalParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly tenderChanges: Pick<TenderChanges, 'ofEntry'>;
  readonly directory: DirectoryRepository;
  readonly limits: Limits;
  readonly policy: Pick<PolicyRepository, 'current'>;
  readonly waiting: WaitingRepository;
  readonly offline: Pick<OfflineWindow, 'look'>;
  /** On a host that rounds ids, a round-looking one may be another member's. */
  readonly isIdInexact: (customerUid: string) => boolean;
  readonly rules: Pick<RuleService, 'book' | 'gets'>;
  readonly permissions: Pick<PermissionsPort, 'decide' | 'isOverLimit'>;
  /** A receipt was handed out. */
  readonly wasHandedOut: (sequence: number) => boolean;
  readonly clock: Clock;
  readonly signer: () => Signer | null;
  readonly today: () => string;
  readonly logger: Logger;
}

/** Whether a request is for the entry's member; by uid alone if the names were erased. */
function isOfSameMember(
  { customerUid, customerNumber, customerName }: Increment,
  request: TopUpRequest,
): boolean {
  if (customerNumber === '' && customerName === '') return customerUid === request.customerUid;
  return checkSeen(request, { customerUid, number: customerNumber, name: customerName }) === null;
}

/** A repeated request id with other content is a bug of the form, never a second increment. */
const sameRequest = (known: Increment, request: TopUpRequest): boolean =>
  isOfSameMember(known, request) &&
  compareAmounts(known.balanceIncrement, request.balanceIncrement) === 0 &&
  compareAmounts(known.pointIncrement, request.pointIncrement) === 0 &&
  sameTerms(known.terms, request);

/** With the tender as entered, before any change. */
function asEntered({ tenderChanges }: TopUpParts, known: Increment): Increment {
  const [first] = tenderChanges.ofEntry(known.sequence);
  return first === undefined ? known : { ...known, terms: { ...known.terms, ...first.was } };
}

/** Whether another credit may wait. */
function mayWait(parts: TopUpParts, request: TopUpRequest): Result<WaitingCredit> {
  const { waiting, offline, clock } = parts;
  const { customerUid, balanceIncrement, pointIncrement } = request;
  // Before `asked-twice`: without a key nothing can be signed.
  if (parts.signer() === null) return err(appError('key-lost'));
  if (parts.isCheckedUp(customerUid)) return err(appError('check-up-running'));
  const policy = parts.policy.current();
  const entered = { balance: principalOf(request), point: pointIncrement };
  const beside = waiting.waitingCredit(customerUid, entered, clock.nowMs(), policy.repeatWithinMs);
  const { stopped } = offline.look();
  const problem = checkNewCredit(balanceIncrement, request.again === true, { policy, stopped, ...beside });
  return problem === null ? ok(beside) : err(problem);
}

/** Who must approve it, by the current permissions; the bonus is the rules', and does not count. */
function approvalOf(
  { permissions }: TopUpParts,
  { balanceIncrement, pointIncrement }: TopUpRequest,
  { bonus }: EntryTerms,
  who: Actor,
  approver: Approver | null,
): ReturnType<PermissionsPort['decide']> {
  const balance = principalOf({ balanceIncrement, bonus });
  const isOver = permissions.isOverLimit({ balance, point: pointIncrement });
  return isOver ? permissions.decide('overLimit', who, approver) : ok({ approvedBy: null });
}

/** Whether a repeated request has the same sums; null takes the whole. */
function sameReversal(known: Increment, original: Increment | null, take: ReversedParts | null): boolean {
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
    const { id: entry, sequence } = added.value;
    logger.info('increment.saved', { entry, sequence, kind: draft.kind });
    return added;
  };

  return {
    create: (request, who, approver = null) => {
      const { insteadOf } = request;
      if (insteadOf !== undefined && outbox.byId(insteadOf)?.state !== 'rejected')
        return err(appError('entry-changed'));
      const requestId = insteadOf === undefined ? request.requestId : requestAgain(insteadOf);
      const known = outbox.byRequestId(requestId);
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
      const { customerUid, balanceIncrement, pointIncrement } = request;
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
