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
} from '../../preload/contract/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Increment, JournalKeeper, OutboxRepository } from '../ledger/index.ts';
import type { TenderChanges } from '../ledger/shown/index.ts';
import type { Approver, PermissionsPort } from '../people/index.ts';
import { principalOf } from './agreed-terms.ts';
import type { Limits } from './limits.ts';
import type { PolicyRepository } from './policy-repository.ts';
import { checkTender } from './tender.ts';

interface TenderChangeRequest {
  readonly id: string;
  readonly requestId: string;
  /** As the form showed it. */
  readonly was: string | null;
  readonly tender: string;
  readonly given?: Amount | null | undefined;
}

/** Corrects an entry's tender (ADR 66); changes neither its state nor what is sent. */
export interface TenderChangeService {
  /** The tenders that it may be changed to, and its earlier changes. */
  look(id: string): ChannelReply<'entries:tenderChanges'>;
  /**
   * Durable on return; the same request id changes once. Errors: entry-not-found, tender-fixed, tender-same,
   * tender-gone, entry-changed, entry-not-vouched, entered-otherwise, those of `openLineOf` and of the permission.
   */
  change(request: TenderChangeRequest, who: Actor, approver: Approver | null): Result<Increment>;
}

/** Questions about an entry's shift. */
export interface EntryOfShift {
  /**
   * The line of an entry's money, while its tender may still change. Errors: shift-none,
   * count-is-open, tender-fixed.
   */
  openLineOf(sequence: number): Result<CellLine>;
}

interface TenderChangeParts {
  readonly outbox: Pick<OutboxRepository, 'byId' | 'correctionOf'>;
  readonly tenderChanges: TenderChanges;
  readonly shifts: EntryOfShift;
  readonly keeper: Pick<JournalKeeper, 'problem'>;
  readonly policy: Pick<PolicyRepository, 'current'>;
  readonly limits: Pick<Limits, 'balanceCap' | 'balanceDecimals'>;
  readonly permissions: Pick<PermissionsPort, 'decide'>;
}

const MOST_SHOWN = 20;

type Entry = Pick<Increment, 'kind' | 'state' | 'balanceIncrement' | 'terms'>;

const paidFor = ({ balanceIncrement, terms }: Pick<Entry, 'balanceIncrement' | 'terms'>): Amount =>
  principalOf({ balanceIncrement, bonus: terms.bonus });

/**
 * Why an entry of the open shift keeps its tender; null if it may change. A reversal refunds by its entry's tender,
 * so neither changes alone. `isTakenBack`: refunded by this tender, or from another drawer.
 */
export function whyFixed(entry: Entry, line: CellLine, isTakenBack: boolean): string | null {
  if (line !== 'sale') return line;
  if (entry.kind === 'reversal') return 'reversal';
  if (isGivenBack(entry)) return 'given-back';
  if (isTakenBack) return 'taken-back';
  return isZeroAmount(paidFor(entry)) ? 'no-money' : null;
}

const isSame = (one: Amount | null, other: Amount | null): boolean =>
  one === null || other === null ? one === other : compareAmounts(one, other) === 0;

export function createTenderChange(parts: TenderChangeParts): TenderChangeService {
  const { outbox, tenderChanges, shifts, keeper, permissions } = parts;

  /** A replacement was paid with the first entry. */
  const firstOf = (entry: Increment): Increment => {
    const [, replaced] = /^replace:(.+)$/.exec(entry.requestId) ?? [];
    const before = replaced === undefined ? null : outbox.byId(replaced);
    return before === null ? entry : firstOf(before);
  };

  /** The entry that refunded this one. A repeated credit is paid by the first entry, so its reversal refunds that. */
  const givenBackBy = (entry: Increment): Increment | null => {
    const by = entry.corrected ? outbox.correctionOf(entry.id) : null;
    return by === null || entry.takenBack !== null ? by : givenBackBy(by);
  };

  /** If a restore lost the change and the reversal was imported, the reversal's tender is the entry's. */
  const wayBack = ({ sequence, terms }: Increment): string | null => {
    const line = shifts.openLineOf(sequence);
    return line.ok && line.value === 'sale' ? terms.tender : null;
  };

  /** The tenders that it may be changed to. */
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

  /** The same request again. */
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
    // The old tender is journaled, so the entry is verified first.
    if (keeper.problem(entry.id) !== null) return appError('entry-not-vouched');
    if (outbox.byId(entry.id)?.terms.tender !== was) return appError('entry-changed');
    if (tender === was) return appError('tender-same');
    const policy = parts.policy.current();
    if (policy.tenders.includes(tender) && !ways.value.includes(tender))
      return appError('tender-fixed', { reason: 'taken-back' });
    return checkTender({ tender, given }, paidFor(entry), policy, parts.limits);
  };

  return {
    look: (id) => {
      const entry = outbox.byId(id);
      if (entry === null) return { ways: [], changes: [] };
      const changes = tenderChanges
        .ofEntry(entry.sequence)
        .slice(-MOST_SHOWN)
        .map(({ was, now, atMs, who, approvedBy }) => {
          return { atMs, who, approvedBy, was: was.tender, now: now.tender };
        });
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
