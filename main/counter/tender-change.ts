import {
  type Amount,
  type AppError,
  appError,
  type CellLine,
  type ChannelReply,
  compareAmounts,
  err,
  isGivenBack,
  isZeroAmount,
  ok,
  type Result,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Increment, JournalKeeper, OutboxRepository } from '../ledger/index.ts';
import type { TenderChanges } from '../ledger/shown/index.ts';
import type { Approver, PermissionsPort } from '../people/index.ts';
import type { Limits } from './limits.ts';
import type { PolicyRepository } from './policy-repository.ts';
import { checkTender } from './tender.ts';

export interface TenderChangeRequest {
  readonly id: string;
  readonly requestId: string;
  /** As whoever asks has seen it. */
  readonly was: string | null;
  readonly tender: string;
  readonly given?: Amount | null | undefined;
}

/** That a member paid otherwise than was entered (ADR 66). What is sent, and its state, are as before. */
export interface TenderChangeService {
  /** To which ways it may be changed now, and what was changed before. */
  look(id: string): ChannelReply<'entries:tenderChanges'>;
  /**
   * Committed when this returns ok; the same request id changes once. Errors: entry-not-found, tender-fixed, tender-same,
   * tender-gone, entry-changed, entry-not-vouched, entered-otherwise, those of `openLineOf` and of the permission.
   */
  change(request: TenderChangeRequest, who: Actor, approver: Approver | null): Result<Increment>;
}

/** What is asked about an entry's shift. */
export interface EntryOfShift {
  /** What an entry's money is, while how it was paid may still change. Errors: shift-none, shift-other-till, count-is-open, tender-fixed. */
  openLineOf(sequence: number): Result<CellLine>;
}

export interface TenderChangeParts {
  readonly outbox: Pick<OutboxRepository, 'byId' | 'correctionOf'>;
  readonly tenderChanges: TenderChanges;
  readonly shifts: EntryOfShift;
  readonly keeper: Pick<JournalKeeper, 'problem'>;
  readonly policy: Pick<PolicyRepository, 'current'>;
  readonly limits: Pick<Limits, 'balanceCap' | 'balanceDecimals'>;
  readonly permissions: Pick<PermissionsPort, 'decide'>;
}

/** The last changes of an entry that are shown. */
const MOST_SHOWN = 20;

type Entry = Pick<Increment, 'kind' | 'state' | 'balanceIncrement' | 'terms'>;

const principalOf = ({ balanceIncrement, terms }: Pick<Entry, 'balanceIncrement' | 'terms'>): Amount =>
  subtractAmounts(balanceIncrement, terms.bonus ?? zeroAmount);

/**
 * Why an entry of the open shift keeps the way by which it was paid; null where it may be changed. A reversal gives back
 * by the way of its entry, so neither is changed without the other. `line` is what its money is; `isTakenBack`: by the way
 * that it has, or out of another drawer.
 */
export function whyFixed(entry: Entry, line: CellLine, isTakenBack: boolean): string | null {
  if (line !== 'sale') return line;
  if (entry.kind === 'reversal') return 'reversal';
  if (isGivenBack(entry)) return 'given-back';
  if (isTakenBack) return 'taken-back';
  return isZeroAmount(principalOf(entry)) ? 'no-money' : null;
}

const isSame = (one: Amount | null, other: Amount | null): boolean =>
  one === null || other === null ? one === other : compareAmounts(one, other) === 0;

export function createTenderChange(parts: TenderChangeParts): TenderChangeService {
  const { outbox, tenderChanges, shifts, keeper, permissions } = parts;

  /** What took the place of another entry was paid when that one was entered. */
  const firstOf = (entry: Increment): Increment => {
    const [, replaced] = /^replace:(.+)$/.exec(entry.requestId) ?? [];
    const before = replaced === undefined ? null : outbox.byId(replaced);
    return before === null ? entry : firstOf(before);
  };

  /** What gave an entry's money back. What credits an entry again is paid by it: whoever takes that back gives its money back. */
  const givenBackBy = (entry: Increment): Increment | null => {
    const by = entry.corrected ? outbox.correctionOf(entry.id) : null;
    return by === null || entry.takenBack !== null ? by : givenBackBy(by);
  };

  /** Where a restore lost the change and a paper brought the reversal, that one's way is the entry's. */
  const wayBack = ({ sequence, terms }: Increment): string | null => {
    const line = shifts.openLineOf(sequence);
    return line.ok && line.value === 'sale' ? terms.tender : null;
  };

  /** The ways to which it may be changed. */
  const waysOf = (entry: Increment): Result<readonly string[]> => {
    const paid = shifts.openLineOf(firstOf(entry).sequence);
    if (!paid.ok) return paid;
    const line = shifts.openLineOf(entry.sequence);
    if (!line.ok) return line;
    const others = parts.policy.current().tenders.filter((tender) => tender !== entry.terms.tender);
    const back = givenBackBy(entry);
    const only = back === null ? null : wayBack(back);
    const ways = others.filter((tender) => back === null || tender === only);
    const reason = whyFixed(entry, line.value, back !== null && ways.length === 0);
    return reason === null ? ok(ways) : err(appError('tender-fixed', { reason }));
  };

  /** The same form again: what it did is done, whatever came after. */
  const again = ({ id, requestId, ...asked }: TenderChangeRequest): Result<Increment> | null => {
    const known = tenderChanges.byRequest(requestId);
    if (known === null) return null;
    const entry = outbox.byId(id);
    const isIt =
      entry?.sequence === known.entry &&
      known.was.tender === asked.was &&
      known.now.tender === asked.tender &&
      isSame(known.now.given, asked.given ?? null);
    return isIt ? ok(entry) : err(appError('entered-otherwise'));
  };

  const problemOf = (entry: Increment, { was, tender, given }: TenderChangeRequest): AppError | null => {
    const ways = waysOf(entry);
    if (!ways.ok) return ways.error;
    // The journal is told what it was, so that is held against the journal first.
    if (keeper.problem(entry.id) !== null) return appError('entry-not-vouched');
    if (outbox.byId(entry.id)?.terms.tender !== was) return appError('entry-changed');
    if (tender === was) return appError('tender-same');
    const policy = parts.policy.current();
    if (policy.tenders.includes(tender) && !ways.value.includes(tender))
      return appError('tender-fixed', { reason: 'taken-back' });
    return checkTender({ tender, given }, principalOf(entry), policy, parts.limits);
  };

  return {
    look: (id) => {
      const entry = outbox.byId(id);
      if (entry === null) return { ways: [], changes: [] };
      const changes = tenderChanges
        .ofEntry(entry.sequence)
        .slice(-MOST_SHOWN)
        .map(({ atMs, who, approvedBy, was, now }) => ({
          atMs,
          who,
          approvedBy,
          was: was.tender,
          now: now.tender,
        }));
      const ways = waysOf(entry);
      return { ways: ways.ok ? [...ways.value] : [], changes };
    },
    change: (request, who, approver) => {
      const done = again(request);
      if (done !== null) return done;
      const entry = outbox.byId(request.id);
      if (entry === null) return err(appError('entry-not-found'));
      const problem = problemOf(entry, request);
      if (problem !== null) return err(problem);
      const decided = permissions.decide('tenderChange', who, approver);
      if (!decided.ok) return decided;
      const { requestId, was, tender, given = null } = request;
      const { approvedBy } = decided.value;
      return tenderChanges.change(entry.id, { requestId, was, tender, given, approvedBy }, who);
    },
  };
}
