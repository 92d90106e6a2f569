import type { Topics } from '../../preload/contract/index.ts';
import type { Clock } from '../ports.ts';
import { variancesOf } from './report.ts';
import type { ShiftRepository } from './shift-repository.ts';
import { openOf, stageOf } from './shift-steps.ts';

interface Showing {
  readonly repository: Pick<ShiftRepository, 'load' | 'countSoFar'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly shop: { readonly till: string };
  readonly dayOf: (unixMs: number) => string;
  readonly lastSequence: () => number;
}

/** What the screens show of the shift all the time. */
export function shownShift({ repository, clock, shop, dayOf, lastSequence }: Showing): Topics['shift'] {
  const record = repository.load();
  if (record === null)
    return {
      ...{ isUsed: false, open: null, otherTill: null, enteredOutside: 0, lastClosed: 0, lastCounted: null },
    };
  const shift = openOf(record, shop.till);
  const { lastClosed, lastCounted } = record;
  const told = { isUsed: true, lastClosed, lastCounted };
  if (!shift.ok) {
    const otherTill = record.open === null ? null : record.till;
    return { ...told, open: null, otherTill, enteredOutside: Math.max(0, lastSequence() - record.lastTo) };
  }
  const { number, openedAtMs, openedBy, businessDay: day, float, drawer, counted: done } = shift.value;
  return {
    ...told,
    open: {
      ...{ number, openedAtMs, openedBy, businessDay: day, float, drawer },
      isSinceYesterday: dayOf(clock.nowMs()) > day,
      stage: stageOf(shift.value),
      countSoFar: shift.value.isCounting ? repository.countSoFar() : null,
      outcome: done === null ? null : { next: done.next, variances: variancesOf(done.report) },
    },
    ...{ otherTill: null, enteredOutside: 0 },
  };
}
