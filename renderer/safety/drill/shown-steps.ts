import type { DrillStep } from '../../../preload/contract/index.ts';

/** The steps that are numbered. */
export const shownSteps = [
  'unplug',
  'first',
  'second',
  'plug',
  'checking',
  'review',
] as const satisfies readonly DrillStep[];

/** From 1; one more than there are at the end. */
export const stepNumber = (step: DrillStep): number =>
  step === 'end' ? shownSteps.length + 1 : shownSteps.indexOf(step) + 1;
