import type { FirstDayStep } from '../../preload/contract/index.ts';
import { till as bridge } from './bridge.ts';
import { topics } from './topics.ts';

/** A step is right as it is, or not wanted; `settled` are those of which that is known. */
export const settleFirstDay = (step: FirstDayStep, settled: readonly FirstDayStep[]) =>
  bridge.setupFirstDay({ firstDay: { settled: [...new Set([...settled, step])] } });

/** What was saved on a step's page settles it, while the first day goes on. */
export function settledBySaving(step: FirstDayStep): void {
  const list = topics.now('firstDay') ?? null;
  if (list !== null && !list.settled.includes(step)) void settleFirstDay(step, list.settled);
}
