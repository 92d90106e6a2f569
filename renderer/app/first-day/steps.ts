import type { FirstDay, FirstDayStep, Topics } from '../../../preload/contract/index.ts';

/** In the order in which a shop does them. */
export const steps = [
  'people',
  'pay',
  'printer',
  'rules',
  'shift',
] as const satisfies readonly FirstDayStep[];

/** What of the first day shows in the till itself. */
export interface FirstDayFacts {
  readonly people: Topics['people'];
  readonly printer: Topics['receipts']['printer'];
  readonly rulesVersion: number;
  readonly isShiftUsed: boolean;
}

/** How members pay has a way that fits most shops: only somebody can say that it fits this one. */
const isDone: Readonly<Record<FirstDayStep, (facts: FirstDayFacts) => boolean>> = {
  people: ({ people }) => people !== null,
  pay: () => false,
  printer: ({ printer }) => printer !== 'none',
  rules: ({ rulesVersion }) => rulesVersion > 0,
  shift: ({ isShiftUsed }) => isShiftUsed,
};

export interface FirstDayProgress {
  /** True where the till itself shows it, `settled` where somebody said that it is right as it is. */
  readonly of: Readonly<Record<FirstDayStep, 'open' | 'settled' | 'done'>>;
  readonly done: number;
  /** The first one that is open. */
  readonly next: FirstDayStep | null;
}

/** Without a list all that is not done is settled: it was ended. */
export function progressOf(list: FirstDay | null, facts: FirstDayFacts): FirstDayProgress {
  const stateOf = (step: FirstDayStep) => {
    if (isDone[step](facts)) return 'done';
    return list === null || list.settled.includes(step) ? 'settled' : 'open';
  };
  const of = Object.fromEntries(steps.map((step) => [step, stateOf(step)])) as FirstDayProgress['of'];
  const open = steps.filter((step) => of[step] === 'open');
  return { of, done: steps.length - open.length, next: open[0] ?? null };
}

/** What a system lists as a printer, and makes a file or a fax. */
const noPaper = /pdf|xps|onenote|fax/i;

/** The first printer that may print receipts. */
export const paperPrinter = (names: readonly string[]): string | undefined =>
  names.find((name) => !noPaper.test(name));
