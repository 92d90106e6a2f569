import { describe, expect, it } from 'vitest';
import { firstPermissions } from '../../../../main/people/person.ts';
import {
  type FirstDayFacts,
  paperPrinter,
  progressOf,
  steps,
} from '../../../../renderer/app/first-day/steps.ts';

const nothing: FirstDayFacts = { people: null, printer: 'none', rulesVersion: 0, isShiftUsed: false };

const people: FirstDayFacts['people'] = {
  version: 1,
  list: [],
  signedIn: null,
  last: null,
  permissions: firstPermissions,
};

describe('the first day of a till', () => {
  it('offers the first printer that has paper', () => {
    const files = ['Microsoft Print to PDF', 'OneNote (Desktop)', 'Fax'];
    expect(paperPrinter([...files, 'EPSON TM-m30', 'Office'])).toBe('EPSON TM-m30');
    expect(paperPrinter(files)).toBeUndefined();
  });

  it('has five steps, of which the till itself shows four', () => {
    expect(progressOf({ settled: [] }, nothing)).toMatchObject({ done: 0, next: 'people' });
    const all = { people, printer: 'network', rulesVersion: 1, isShiftUsed: true } as const;
    expect(progressOf({ settled: [] }, all)).toEqual({
      of: { people: 'done', pay: 'open', printer: 'done', rules: 'done', shift: 'done' },
      done: 4,
      next: 'pay',
    });
  });

  it.each(steps)('ticks %s where somebody said that it is right as it is', (step) => {
    const { of, done, next } = progressOf({ settled: [step] }, nothing);
    expect(of[step]).toBe('settled');
    expect(done).toBe(1);
    expect(next).toBe(step === 'people' ? 'pay' : 'people');
  });

  it('counts a step once that is settled and shows in the till too', () => {
    const facts = { ...nothing, isShiftUsed: true };
    expect(progressOf({ settled: ['shift'] }, facts)).toMatchObject({ done: 1, of: { shift: 'done' } });
  });

  it('is over with the last step, and stays so without a list whatever is taken away', () => {
    expect(progressOf({ settled: [...steps] }, nothing)).toMatchObject({ done: 5, next: null });
    expect(progressOf(null, nothing)).toMatchObject({ done: 5, next: null });
  });
});
