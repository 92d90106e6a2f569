import type { Topics } from '../../../preload/contract/index.ts';
import type { Clock } from '../../kernel/ports.ts';
import { drawerBefore, nothingBefore } from './drawer-before.ts';
import { variancesOf } from './report.ts';
import type { OpenShift } from './shift-record.ts';
import type { ShiftRepository } from './shift-repository.ts';
import { isToBeCounted, openOf, stageOf } from './shift-steps.ts';

interface Showing {
  readonly repository: Pick<ShiftRepository, 'load' | 'countSoFar'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly shop: { readonly till: string };
  readonly dayOf: (unixMs: number) => string;
  readonly lastSequence: () => number;
  /** The policy's blind count. */
  readonly isBlind: () => boolean;
}

/** A recount must not show what would fit. */
function outcomeOf(shift: OpenShift, isBlind: boolean) {
  const { counted } = shift;
  if (counted === null) return null;
  const { next, report } = counted;
  const isUndisclosed = isBlind && isToBeCounted(shift);
  return { next, variances: variancesOf(report).filter(({ tender }) => !isUndisclosed || tender !== 'cash') };
}

export function shownShift({
  repository,
  clock,
  shop,
  dayOf,
  lastSequence,
  isBlind,
}: Showing): Topics['shift'] {
  const record = repository.load();
  const today = dayOf(clock.nowMs());
  if (record === null)
    return {
      today,
      isUsed: false,
      open: null,
      otherTill: null,
      enteredOutside: 0,
      lastClosed: 0,
      opening: nothingBefore,
    };
  const shift = openOf(record, shop.till);
  const { lastClosed } = record;
  const told = { today, isUsed: true, lastClosed, opening: drawerBefore(record) };
  if (!shift.ok) {
    const otherTill = record.open === null ? null : record.till;
    return { ...told, open: null, otherTill, enteredOutside: Math.max(0, lastSequence() - record.lastTo) };
  }
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
      outcome: outcomeOf(shift.value, isBlind()),
    },
    otherTill: null,
    enteredOutside: 0,
  };
}
