import {
  type Amount,
  type AppError,
  appError,
  type CashMove,
  compareAmounts,
  err,
  MOST_MOVES,
  ok,
  type Result,
  type ShiftCount,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { clockRollback } from './clock-rollback.ts';
import { checkCount, checkSum } from './count.ts';
import { drawerAfter, nothingBefore } from './drawer-before.ts';
import type { Counted, OpenShift, ShiftRecord } from './shift-record.ts';
import type { SoldBefore } from './sold-before.ts';

export interface StepContext {
  readonly nowMs: number;
  /** The currency's. */
  readonly decimals: number;
}

export type Stage = 'open' | 'counting' | 'counted';

export const stageOf = ({ isCounting, counted }: OpenShift): Stage => {
  if (isCounting) return 'counting';
  return counted === null ? 'open' : 'counted';
};

/** Earlier entries belong to no shift. */
export const noShifts = (lastTo: number): ShiftRecord => ({
  version: 1,
  lastClosed: 0,
  lastTo,
  lastAtMs: 0,
  lastCounted: null,
  lastRow: null,
  opening: nothingBefore,
  tracked: [],
  open: null,
});

export const openOf = ({ open }: ShiftRecord): Result<OpenShift, AppError> =>
  open === null ? err(appError('shift-none')) : ok(open);

/** Since when money went into this drawer: the last Z, or the opening of the first shift. */
export const sinceLastZ = (
  { lastAtMs }: Pick<ShiftRecord, 'lastAtMs'>,
  { openedAtMs }: Pick<OpenShift, 'openedAtMs'>,
): number => (lastAtMs === 0 ? openedAtMs : lastAtMs);

/** The journal row after which a restore belongs to this shift: no gap between two Zs, nor before the first. */
export function sinceRow(
  { lastRow, lastClosed }: Pick<ShiftRecord, 'lastRow' | 'lastClosed'>,
  { openedAtRow }: Pick<OpenShift, 'openedAtRow'>,
): number {
  return lastRow ?? (lastClosed === 0 ? 0 : openedAtRow);
}

const seen = (shift: OpenShift, nowMs: number): OpenShift => ({
  ...shift,
  newestMs: nowMs,
  clockBack: clockRollback(shift.clockBack, shift.newestMs, nowMs),
});

/** One step of the open shift, which also checks the clock. */
function step(
  record: ShiftRecord,
  { nowMs }: StepContext,
  take: (shift: OpenShift) => Result<OpenShift, AppError>,
): Result<ShiftRecord, AppError> {
  const open = openOf(record);
  if (!open.ok) return open;
  const taken = take(open.value);
  return taken.ok ? ok({ ...record, open: seen(taken.value, nowMs) }) : taken;
}

export interface Opening {
  readonly id: string;
  readonly who: string;
  readonly float: Amount;
  readonly drawer: 'own' | 'elsewhere';
  readonly businessDay: string;
  readonly openedAtRow: number;
  /** The latest known time since the last Z; 0 where there is none. */
  readonly newestMs: number;
  readonly floatCap: Amount;
  /** Null except for the first shift with earlier entries. */
  readonly before: SoldBefore | null;
}

export function opened(
  record: ShiftRecord,
  context: StepContext,
  { floatCap, who, before, newestMs, ...opening }: Opening,
): Result<ShiftRecord, AppError> {
  if (record.open !== null) return err(appError('shift-open'));
  const wrong = checkSum(opening.float, context.decimals, true);
  if (wrong !== null) return err(wrong);
  if (compareAmounts(opening.float, floatCap) > 0) return err(appError('float-too-large', { cap: floatCap }));
  const open: OpenShift = {
    ...opening,
    opening: record.opening,
    number: record.lastClosed + 1,
    fromSequence: record.lastTo + 1,
    openedAtMs: context.nowMs,
    newestMs: context.nowMs,
    openedBy: who,
    clockBack: clockRollback(null, Math.max(record.lastAtMs, newestMs), context.nowMs),
    moves: [],
    isCounting: false,
    counted: null,
    isFromCopy: false,
    ...(before === null ? {} : { before: before.cells }),
  };
  return ok({ ...record, tracked: before?.tracked ?? record.tracked, open });
}

const isSameMove = (known: CashMove, move: CashMove): boolean =>
  known.kind === move.kind && compareAmounts(known.amount, move.amount) === 0;

/** Null where the same request was applied before. */
export function moved(
  record: ShiftRecord,
  context: StepContext,
  move: CashMove,
): Result<ShiftRecord | null, AppError> {
  const open = openOf(record);
  if (!open.ok) return open;
  const known = open.value.moves.find(({ id }) => id === move.id);
  if (known !== undefined) return isSameMove(known, move) ? ok(null) : err(appError('entered-otherwise'));
  return step(record, context, (shift) => {
    if (stageOf(shift) !== 'open') return err(appError('count-is-open'));
    if (shift.moves.length >= MOST_MOVES) return err(appError('shift-moves-full'));
    const wrong = checkSum(move.amount, context.decimals, false);
    return wrong === null ? ok({ ...shift, moves: [...shift.moves, move] }) : err(wrong);
  });
}

export const countBegun = (record: ShiftRecord, context: StepContext): Result<ShiftRecord, AppError> =>
  step(record, context, (shift) => {
    if (shift.counted !== null) return err(appError('count-none'));
    return ok({ ...shift, isCounting: true });
  });

export const countLeft = (record: ShiftRecord, context: StepContext): Result<ShiftRecord, AppError> =>
  step(record, context, (shift) => {
    if (!shift.isCounting) return err(appError('count-none'));
    return ok({ ...shift, isCounting: false });
  });

/** Null where this count may be committed now. */
export function countProblem(record: ShiftRecord, context: StepContext, count: ShiftCount): AppError | null {
  const open = openOf(record);
  if (!open.ok) return open.error;
  if (!open.value.isCounting) return appError('count-none');
  return checkCount(count, open.value.drawer, context.decimals);
}

export const countCommitted = (
  record: ShiftRecord,
  context: StepContext,
  counted: Counted,
): Result<ShiftRecord, AppError> =>
  step(record, context, (shift) =>
    shift.isCounting ? ok({ ...shift, isCounting: false, counted }) : err(appError('count-none')),
  );

/** What closing requires: nothing, or a manager's approval of the variance. */
export function closingNeeds(
  shift: OpenShift,
  reason: string | null,
): Result<'nothing' | 'approval', AppError> {
  const { isCounting, counted, drawer } = shift;
  if (isCounting) return err(appError('count-is-open'));
  if (counted === null) return drawer === 'elsewhere' ? ok('nothing') : err(appError('count-none'));
  if (counted.next === 'close') return ok('nothing');
  return (reason ?? '').trim() === '' ? err(appError('variance-unexplained')) : ok('approval');
}

export const closed = (
  record: ShiftRecord,
  z: ShiftReport,
  { tracked, row }: Pick<Counted, 'tracked' | 'row'>,
): ShiftRecord => ({
  ...record,
  lastClosed: z.number,
  lastTo: z.toSequence,
  lastAtMs: z.atMs,
  lastCounted: z.tenders.find(({ tender }) => tender === 'cash')?.counted ?? null,
  lastRow: row,
  opening: drawerAfter(z, record.opening),
  tracked: [...tracked],
  open: null,
});
