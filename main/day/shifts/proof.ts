import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  type EntryState,
  type ProofStatus,
  proofStatuses,
  type ShiftProof,
  type ShiftReport,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { ProofEntry } from './figures-repository.ts';
import { firstThatFit } from './fitted.ts';

/** `isProven`: each of its journal rows is authentic and agrees with the tables. */
export interface Examined {
  readonly entry: ProofEntry;
  readonly isProven: boolean;
}

type Judged = Examined & { readonly status: ProofStatus };

type Moved = Pick<
  ProofEntry,
  | 'state'
  | 'balanceIncrement'
  | 'pointIncrement'
  | 'balanceBefore'
  | 'balanceAfter'
  | 'pointBefore'
  | 'pointAfter'
  | 'isByManager'
>;

const statusOfState: Readonly<Record<Exclude<EntryState, 'confirmed'>, ProofStatus>> = {
  queued: 'waiting',
  sending: 'waiting',
  unknown: 'checking',
  review: 'review',
  rejected: 'given-back',
  cancelled: 'given-back',
};

const differs = (before: string | null, after: string | null, by: string): boolean =>
  before !== null &&
  after !== null &&
  compareAmounts(subtractAmounts(amount(after), amount(before)), amount(by)) !== 0;

/** How an entry is proven at KYBIO. Pure. */
export function proofStatus(entry: Moved): ProofStatus {
  if (entry.state !== 'confirmed') return statusOfState[entry.state];
  const { balanceBefore, balanceAfter, pointBefore, pointAfter, balanceIncrement, pointIncrement } = entry;
  const isOther =
    differs(balanceBefore, balanceAfter, balanceIncrement) ||
    differs(pointBefore, pointAfter, pointIncrement);
  if (isOther) return 'differs';
  if (balanceBefore !== null && balanceAfter !== null) return 'moved';
  return entry.isByManager ? 'by-manager' : 'by-evidence';
}

const optional = (text: string | null): Amount | null => (text === null ? null : amount(text));

/** Sales only: a correction, or an entry paid into another drawer, is no sum of this shift. */
const sumOf = (examined: readonly Examined[], part: 'principal' | 'bonus'): Amount =>
  addAmounts(
    zeroAmount,
    ...examined.filter(({ entry }) => entry.line === 'sale').map(({ entry }) => entry[part]),
  );

/** Limit of listed references. */
const MOST_NOT_PROVEN = 200;

const rowOf = ({ entry, status, isProven }: Judged): ShiftProof['rows'][number] => ({
  id: entry.id,
  reference: entry.reference,
  atMs: entry.atMs,
  memberName: entry.memberName,
  cashier: entry.cashier,
  principal: entry.principal,
  bonus: entry.bonus,
  tender: entry.tender,
  state: entry.state,
  status,
  isProven,
  before: optional(entry.balanceBefore),
  after: optional(entry.balanceAfter),
});

export interface ProofFacts {
  readonly number: number;
  readonly nowMs: number;
  /** Closed, or as of now. */
  readonly report: Pick<ShiftReport, 'tenders'>;
  readonly examined: readonly Examined[];
}

/** Rows for a manager come first; what went as sent comes last. */
const needsLooking = ({ status, isProven }: Judged): boolean => !isProven || status === 'differs';
const isAsSent = ({ status }: Judged): boolean => status === 'moved' || status === 'given-back';

/** As many as fit by that priority, in order of entry. */
function rowsThatFit(judged: readonly Judged[]): Pick<ShiftProof, 'rows' | 'unlisted'> {
  const rest = judged.filter((one) => !needsLooking(one));
  const byNeed = [
    ...judged.filter(needsLooking),
    ...rest.filter((one) => !isAsSent(one)),
    ...rest.filter(isAsSent),
  ];
  const told = new Set(firstThatFit(byNeed.map(rowOf)).map(({ id }) => id));
  const rows = judged.filter(({ entry }) => told.has(entry.id)).map(rowOf);
  return { rows, unlisted: judged.length - rows.length };
}

/** The three that must agree: the drawer, the sealed journal, and KYBIO's balances before and after. Pure. */
export function shiftProof({ number, nowMs, report, examined }: ProofFacts): ShiftProof {
  const cash = report.tenders.find(({ tender }) => tender === 'cash');
  const judged = examined.map((one) => ({ ...one, status: proofStatus(one.entry) }));
  const held = judged.filter(({ status }) => status !== 'given-back');
  return {
    number,
    atMs: nowMs,
    drawer: {
      expected: cash?.expected ?? null,
      counted: cash?.counted ?? null,
      variance: cash?.variance ?? null,
    },
    journal: {
      entries: held.length,
      proven: held.filter(({ isProven }) => isProven).length,
      principal: sumOf(held, 'principal'),
      bonus: sumOf(held, 'bonus'),
      notProven: judged
        .filter(({ isProven }) => !isProven)
        .slice(0, MOST_NOT_PROVEN)
        .map(({ entry }) => entry.reference),
    },
    kybio: proofStatuses.flatMap((status) => {
      const of = judged.filter((one) => one.status === status);
      if (of.length === 0) return [];
      return [{ status, entries: of.length, principal: sumOf(of, 'principal'), bonus: sumOf(of, 'bonus') }];
    }),
    ...rowsThatFit(judged),
  };
}
