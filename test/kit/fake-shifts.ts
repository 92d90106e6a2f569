import {
  type Amount,
  addAmounts,
  amount,
  type CountOutcome,
  cashOf,
  compareAmounts,
  type ErrorCode,
  err,
  negateAmount,
  ok,
  type People,
  type ShiftCount,
  subtractAmounts,
  type Till,
  type Topics,
} from '../../preload/contract/index.ts';
import { shiftDays } from '../renderer/support/match-samples.ts';
import {
  blindReport,
  closedReport,
  noShift,
  openShiftOf,
  reportOf,
} from '../renderer/support/shift-samples.ts';
import type { FakeMain } from './fake-main.ts';
import { createFakeShop } from './fake-shop.ts';

export const boss = { id: 'p1', name: 'Boss', role: 'manager', pin: '482915' } as const;

/** A manager and a cashier; the cashier is there, and takes money out with a manager's PIN. */
export const people: People = {
  version: 1,
  list: [
    { id: boss.id, name: boss.name, role: boss.role, language: null, needsPin: false },
    { id: 'p2', name: 'Mei', role: 'cashier', language: null, needsPin: false },
  ],
  signedIn: 'p2',
  last: null,
  permissions: {
    acts: {
      ...{ overLimit: 'approve', reversal: 'approve', noSale: 'approve', paidOut: 'approve' },
      ...{ manualBonus: 'approve', export: 'approve', unmask: 'approve', settings: 'deny' },
      ...{ cancelAfterPaper: 'allow', drawerElsewhere: 'allow', otherFloat: 'allow', tenderChange: 'allow' },
    },
    balanceLimit: null,
    pointLimit: null,
  },
};

interface Played {
  readonly till?: Partial<Till>;
  readonly shift?: Topics['shift'];
  readonly hasPeople?: boolean;
}

const FLOAT_CAP = amount('2000');
const VARIANCE_LIMIT = amount('5');
const EXPECTED = amount('625.00');

const absolute = (value: Amount): Amount => (value.startsWith('-') ? negateAmount(value) : value);

const refuse = (code: ErrorCode, details?: Record<string, string>) =>
  err(details === undefined ? { code } : { code, details });

/** The count as main takes it: off by more than the limit, it is explained. */
function outcomeOf(count: ShiftCount): CountOutcome {
  const counted = cashOf(count);
  const variance = subtractAmounts(counted, EXPECTED);
  const isOff = compareAmounts(absolute(variance), VARIANCE_LIMIT) > 0;
  const variances = [{ tender: 'cash', expected: EXPECTED, counted, variance }];
  return { next: isOff ? 'reason' : 'close', variances };
}

/** A main that keeps shifts as the real one says that it does; S$625.00 should be in its drawer. */
export function createFakeShifts(played: Played = {}): FakeMain {
  const main = createFakeShop([], played.till);
  let shift = played.shift ?? noShift;
  // What was typed stays where somebody goes back to selling; what is committed is typed no more.
  let kept = shift.open?.countSoFar ?? null;
  const tell = (next: Topics['shift']) => {
    shift = next;
    main.tell({ topics: { shift } });
  };
  const change = (part: Partial<NonNullable<Topics['shift']['open']>>) => {
    if (shift.open !== null) tell({ ...shift, open: { ...shift.open, ...part } });
  };
  main.tell({ topics: { shift, managerPinSet: true, people: played.hasPeople === true ? people : null } });
  const isBosses = (pin: unknown): boolean => {
    const { person, pin: typed } = (pin ?? {}) as { person?: string; pin?: string };
    return person === boss.id && typed === boss.pin;
  };
  const guarded = (pin: unknown): ErrorCode | null => {
    if (played.hasPeople !== true) return pin === boss.pin ? null : 'manager-pin-wrong';
    if (pin === undefined) return 'approval-needed';
    return isBosses(pin) ? null : 'person-pin-wrong';
  };

  main.answer('shifts:open', ({ float, drawer }) => {
    if (compareAmounts(float as Amount, FLOAT_CAP) > 0)
      return refuse('float-too-large', { cap: 'S$2,000.00' });
    const { open } = openShiftOf({ float: float as Amount, drawer });
    tell({ ...shift, isUsed: true, enteredOutside: 0, open });
    return ok({ number: 12 });
  });
  main.answer('shifts:move', ({ kind, approval }) => {
    const problem = kind === 'paid-out' && played.hasPeople === true ? guarded(approval) : null;
    return problem === null ? ok({}) : refuse(problem);
  });
  main.answer('shifts:report', ({ number }) => {
    if (number === null) return ok({ report: shift.open?.drawer === 'own' ? blindReport() : reportOf() });
    return ok({ report: closedReport('625.00', '0', { number }) });
  });
  main.answer('matching:ofShift', () => ok({ days: shiftDays, more: 0, isPossible: true }));
  main.answer('shifts:wholeReport', ({ pin }) => {
    const problem = guarded(pin);
    return problem === null ? ok({ report: reportOf() }) : refuse(problem);
  });
  main.answer('shifts:beginCount', () => {
    change({ stage: 'counting', countSoFar: kept });
    return ok({});
  });
  main.answer('shifts:leaveCount', () => {
    change({ stage: 'open', countSoFar: null });
    return ok({});
  });
  main.answer('shifts:keepCount', ({ count }) => {
    kept = count as ShiftCount;
    change({ countSoFar: kept });
    return ok({});
  });
  main.answer('shifts:commitCount', ({ count }) => {
    kept = null;
    change({ stage: 'counted', outcome: outcomeOf(count as ShiftCount) });
    return ok({});
  });
  main.answer('shifts:close', ({ reason, pin }) => {
    const next = shift.open?.outcome?.next;
    if (next === 'reason' && reason === null) return refuse('variance-unexplained');
    const problem = next === 'reason' ? guarded(pin) : null;
    if (problem !== null) return refuse(problem);
    tell({ ...shift, open: null, lastClosed: 12 });
    return ok({ number: 12 });
  });
  main.answer('shifts:before', () => ok({ before: null }));
  main.answer('shifts:closed', ({ before }) => {
    const newest = before === null ? 12 : before - 1;
    const numbers = Array.from({ length: Math.min(newest, 5) }, (_, at) => newest - at);
    const reports = numbers.map((number) => ({
      ...{ number, businessDay: '2026-11-26', openedAtMs: 1, closedAtMs: 2, closedBy: 'Mei', entries: 40 },
      taken: addAmounts(amount('700'), amount(String(number))),
      variance: number === 11 ? amount('-5.00') : number === 10 ? null : amount('0'),
    }));
    return ok({ reports, unread: [], isMore: newest > 5 });
  });
  main.answer('shifts:print', () => ok({}));
  main.answer('shifts:savePdf', () => ok({ saved: true }));
  main.answer('shifts:saveCsv', () => err({ code: 'file-not-saved' }));
  return main;
}
