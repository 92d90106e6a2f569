import type { Topics } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import { nothingBefore } from './drawer-before.ts';
import { variancesOf } from './report.ts';
import type { OpenShift } from './shift-record.ts';
import type { ShiftRepository } from './shift-repository.ts';
import { openOf, stageOf } from './shift-steps.ts';

interface Showing {
  readonly repository: Pick<ShiftRepository, 'load' | 'countSoFar'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly dayOf: (unixMs: number) => string;
  readonly lastSequence: () => number;
}

const outcomeOf = ({ counted }: OpenShift) =>
  counted === null ? null : { next: counted.next, variances: variancesOf(counted.report) };

export function shownShift({ repository, clock, dayOf, lastSequence }: Showing): Topics['shift'] {
  const record = repository.load();
  const today = dayOf(clock.nowMs());
  if (record === null)
    return {
      today,
      isUsed: false,
      open: null,
      enteredOutside: 0,
      lastClosed: 0,
      opening: nothingBefore,
    };
  const shift = openOf(record);
  const { lastClosed } = record;
  const told = { today, isUsed: true, lastClosed, opening: record.opening };
  if (!shift.ok) return { ...told, open: null, enteredOutside: Math.max(0, lastSequence() - record.lastTo) };
  const { number, openedAtMs, openedBy, businessDay: day, float, drawer } = shift.value;
  return {
    ...told,
    open: {
      number,
      openedAtMs,
      openedBy,
      businessDay: day,
      float,
      drawer,
      isSinceYesterday: today > day,
      stage: stageOf(shift.value),
      countSoFar: shift.value.isCounting ? repository.countSoFar() : null,
      outcome: outcomeOf(shift.value),
    },
    enteredOutside: 0,
  };
}
