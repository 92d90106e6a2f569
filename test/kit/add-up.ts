import { addUpSteps, type KnownZs } from '../../main/day/reports/add-up.ts';
import type { DayRange } from '../../main/day/reports/calendar.ts';
import type { Steps } from '../../main/kernel/steps.ts';

function finished<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** All steps at once. */
export function createAddUp(known: KnownZs) {
  const addUp = finished(addUpSteps(known));
  return (period: DayRange, today: string) => finished(addUp(period, today));
}
