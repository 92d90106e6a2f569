import { describe, expect, it } from 'vitest';
import {
  doubtOf,
  doubtOfReply,
  filledIn,
  type Suspect,
  standingOf,
  withoutDoubt,
} from '../../main/sync/next-reply.ts';
import type { Sums } from '../../main/sync/undecided.ts';
import { amount } from '../../preload/contract/index.ts';

const sums = (balance: number, point = 0): Sums => ({
  balance: amount(String(balance)),
  point: amount(String(point)),
});

const suspect = (id: string, balance: number, how: Suspect['how'], before: Sums | null = null): Suspect => ({
  ...{ id, how, before },
  increments: sums(balance),
  asked: [],
});

const own = { id: 'own', balanceIncrement: amount('7'), pointIncrement: amount('0') };
const unknown = { baseline: null, afterLastReply: null, beforeFirstSending: null };
const nothingBesides = { suspects: [], undecided: [], singleWriter: false };

describe('what the next reply says', () => {
  it('is silent where the sums are those of the baseline', () => {
    expect(doubtOf(sums(10), sums(10), [suspect('a', 20, 'sent-again')])).toBeNull();
  });

  it('tells a surplus of exactly an entry, and a shortfall where no reply had confirmed it', () => {
    expect(doubtOf(sums(10), sums(30), [suspect('a', 20, 'replied')])).toEqual({
      entryId: 'a',
      kind: 'possible-double',
    });
    expect(doubtOf(sums(30), sums(10), [suspect('a', 20, 'replied')])).toBeNull();
    expect(doubtOf(sums(30), sums(10), [suspect('a', 20, 'confirmed-by-evidence')])?.kind).toBe(
      'possible-missing',
    );
  });

  it('tells twice the amount of what was never certain: it may be missing from the baseline', () => {
    expect(doubtOf(sums(10), sums(50), [suspect('a', 20, 'sent-again')])?.entryId).toBe('a');
    expect(doubtOf(sums(10), sums(50), [suspect('a', 20, 'replied')])).toBeNull();
  });

  it('takes what undecided entries may have added for no surplus, and finds one beside it', () => {
    const undecided = [sums(20), sums(5)];
    expect(doubtOf(sums(10), sums(35), [suspect('a', 25, 'replied')], undecided)).toBeNull();
    expect(doubtOf(sums(10), sums(42), [suspect('a', 7, 'replied')], undecided)?.entryId).toBe('a');
  });
});

describe('a reading right before a top-up', () => {
  const suspects = [suspect('a', 20, 'sent-again'), suspect('b', 5, 'replied')];

  it('hides no double from the last reply', () => {
    const known = { ...unknown, baseline: sums(50), afterLastReply: sums(30) };
    expect(doubtOfReply(own, sums(50), known, { ...nothingBesides, suspects })).toEqual({
      entryId: 'a',
      kind: 'possible-double',
    });
  });

  it('where others write, asks about what was certain only against the newest', () => {
    const known = { ...unknown, baseline: sums(35), afterLastReply: sums(30) };
    expect(doubtOfReply(own, sums(35), known, { ...nothingBesides, suspects })).toBeNull();
    const alone = { ...nothingBesides, suspects, singleWriter: true };
    expect(doubtOfReply(own, sums(35), known, alone)?.entryId).toBe('b');
  });

  it('asks of another entry of that amount before it asks of the same once more', () => {
    const asked = [{ ...suspect('a', 20, 'sent-again'), asked: ['possible-double' as const] }];
    const known = { ...unknown, baseline: sums(30) };
    const doubtedOf = (others: readonly Suspect[]) =>
      doubtOfReply(own, sums(50), known, { ...nothingBesides, suspects: [...asked, ...others] })?.entryId;
    expect(doubtedOf([suspect('b', 20, 'replied')])).toBe('b');
    expect(doubtedOf([suspect('b', 5, 'replied')])).toBe('a');
  });

  it('takes no purchase of that amount for a missing credit, but where nobody else writes', () => {
    const known = { ...unknown, baseline: sums(10), afterLastReply: sums(30) };
    expect(doubtOfReply(own, sums(10), known, { ...nothingBesides, suspects })).toBeNull();
    const alone = { ...nothingBesides, suspects, singleWriter: true };
    expect(doubtOfReply(own, sums(10), known, alone)?.kind).toBe('possible-missing');
  });

  it('hides no late arrival of the very entry that was sent again', () => {
    const known = {
      ...unknown,
      baseline: sums(17),
      afterLastReply: sums(17),
      beforeFirstSending: sums(10),
    };
    expect(doubtOfReply(own, sums(17), known, nothingBesides)).toEqual({
      entryId: 'own',
      kind: 'possible-double',
    });
  });

  it('without any reply since, holds what ended by evidence against the sums before it', () => {
    const ended = [suspect('a', 20, 'confirmed-by-evidence', sums(10))];
    const known = { ...unknown, baseline: sums(50) };
    expect(doubtOfReply(own, sums(50), known, { ...nothingBesides, suspects: ended })?.entryId).toBe('a');
    expect(
      doubtOfReply(own, sums(30), { ...unknown, baseline: sums(30) }, { ...nothingBesides, suspects: ended }),
    ).toBeNull();
    const cancelled = [suspect('c', 20, 'cancelled', sums(10))];
    expect(
      doubtOfReply(
        own,
        sums(30),
        { ...unknown, baseline: sums(30) },
        { ...nothingBesides, suspects: cancelled },
      )?.entryId,
    ).toBe('c');
  });
});

it('where a part is left out the other speaks alone', () => {
  const left = { balance: amount('30'), point: null };
  const suspects = [{ ...suspect('a', 20, 'replied'), increments: sums(20, 5) }];
  expect(doubtOf(sums(10, 7), left, suspects)?.entryId).toBe('a');
  expect(doubtOf(left, sums(50, 7), suspects)?.entryId).toBe('a');
  expect(doubtOf(sums(30, 7), left, suspects)).toBeNull();
  expect(doubtOf({ balance: null, point: amount('7') }, left, suspects)).toBeNull();
  const doubt = { entryId: 'a', kind: 'possible-double' } as const;
  const before = filledIn(left, { ...unknown, baseline: sums(10, 7) });
  expect(before).toEqual(sums(30, 7));
  expect(withoutDoubt(doubt, before, suspects, left)).toEqual(sums(10, 7));
});

it('a person sees what the sums would have been', () => {
  const suspects = [suspect('a', 20, 'sent-again')];
  expect(withoutDoubt({ entryId: 'a', kind: 'possible-double' }, sums(50), suspects)).toEqual(sums(30));
  expect(withoutDoubt({ entryId: 'a', kind: 'possible-missing' }, sums(10), suspects)).toEqual(sums(30));
});

describe('whether what a doubt is about is still in the sums', () => {
  const double = { kind: 'possible-double', increments: sums(20) } as const;
  const missing = { kind: 'possible-missing', increments: sums(20) } as const;
  const own = (certain: Sums, ...possible: Sums[]) => ({ certain, possible });

  it('counts ours since, and takes what fits neither for another’s', () => {
    expect(standingOf(double, sums(50), own(sums(5)), sums(55))).toBe('stands');
    expect(standingOf(double, sums(50), own(sums(5)), sums(35))).toBe('gone');
    expect(standingOf(missing, sums(10), own(sums(0)), sums(30))).toBe('gone');
    expect(standingOf(double, sums(50), own(sums(5)), sums(50))).toBe('moved');
  });

  it('leaves open what an undecided entry may have added, and says nothing where that fits both', () => {
    expect(standingOf(double, sums(50), own(sums(0), sums(5)), sums(55))).toBe('stands');
    expect(standingOf(double, sums(50), own(sums(0), sums(5)), sums(35))).toBe('gone');
    expect(standingOf(double, sums(50), own(sums(0), sums(20)), sums(50))).toBe('moved');
  });

  it('compares the part that was told, and takes the word of a doubt that tells none', () => {
    const said = { balance: amount('50'), point: null };
    expect(standingOf(double, said, own(sums(0)), sums(50, 9))).toBe('stands');
    expect(standingOf(double, { balance: null, point: null }, own(sums(0)), sums(1))).toBe('stands');
  });
});
