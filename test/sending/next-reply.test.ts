import { describe, expect, it } from 'vitest';
import { doubtStatusOf, type KnownSums, oddityInReply, type Suspect } from '../../main/sending/next-reply.ts';
import { hasSecondWay, type WaysIn } from '../../main/sending/second-way.ts';
import type { Sums } from '../../main/sending/undecided.ts';
import { amount } from '../../preload/contract/index.ts';

const sums = (balance: number, point = 0): Sums => ({
  balance: amount(String(balance)),
  point: amount(String(point)),
});

const suspect = (
  id: string,
  balance: number,
  how: Suspect['how'],
  change: Partial<Suspect> = {},
): Suspect => ({
  ...{ id, how, before: null, hasSecondWay: false },
  increments: sums(balance),
  asked: [],
  ...change,
});
const sentAgain = (id: string, balance: number, change: Partial<Suspect> = {}): Suspect =>
  suspect(id, balance, 'uncertain', { hasSecondWay: true, ...change });

const unknown: KnownSums = { baseline: null, afterLastReply: null, beforeFirstSending: null };

/** What the reply to the entry `own` says, beside these. */
const told = (
  known: Partial<KnownSums>,
  before: Parameters<typeof oddityInReply>[1],
  suspects: readonly Suspect[],
  undecided: readonly Sums[] = [],
) => oddityInReply('own', before, { ...unknown, ...known }, { suspects, undecided });

describe('what the next reply says', () => {
  it('is silent where the sums are those of the baseline', () => {
    expect(told({ baseline: sums(10) }, sums(10), [sentAgain('a', 20)])).toBeNull();
  });

  it('asks about a surplus of exactly what may have gone in twice, and notes that of all others', () => {
    const of = (one: Suspect) => told({ baseline: sums(10) }, sums(30), [one]);
    expect(of(sentAgain('a', 20))).toEqual({
      ...{ entryId: 'a', kind: 'surplus', known: sums(10), isAsked: true },
    });
    for (const how of ['uncertain', 'replied', 'cancelled'] as const)
      expect(of(suspect('a', 20, how))).toMatchObject({ entryId: 'a', kind: 'surplus', isAsked: false });
  });

  it('asks about no shortfall: what a reply had confirmed was spent, and of all others it is noted', () => {
    const of = (one: Suspect) => told({ baseline: sums(30) }, sums(10), [one]);
    expect(of(suspect('a', 20, 'replied'))).toBeNull();
    expect(of(suspect('a', 20, 'uncertain'))).toMatchObject({ kind: 'shortfall', isAsked: false });
    expect(of(sentAgain('a', 20))).toMatchObject({ kind: 'shortfall', isAsked: false });
  });

  it('tells twice the amount of what was never certain: it may be missing from the baseline', () => {
    expect(told({ baseline: sums(10) }, sums(50), [sentAgain('a', 20)])?.entryId).toBe('a');
    expect(told({ baseline: sums(10) }, sums(50), [suspect('a', 20, 'replied')])).toBeNull();
  });

  it('takes what undecided entries may have added for no surplus, and finds one beside it', () => {
    const undecided = [sums(20), sums(5)];
    const of = (one: Suspect, before: Sums) => told({ baseline: sums(10) }, before, [one], undecided);
    expect(of(sentAgain('a', 25), sums(35))).toBeNull();
    expect(of(sentAgain('a', 7), sums(42))?.entryId).toBe('a');
  });

  it('asks about what may have gone in twice before it notes another of that amount', () => {
    const both = [suspect('b', 20, 'replied'), sentAgain('a', 20)];
    expect(told({ baseline: sums(10) }, sums(30), both)).toMatchObject({ entryId: 'a', isAsked: true });
  });
});

describe('a reading right before a top-up', () => {
  it('hides no double from the last reply, and there nothing else counts', () => {
    const of = (one: Suspect, before: number) =>
      told({ baseline: sums(before), afterLastReply: sums(30) }, sums(before), [one]);
    expect(of(sentAgain('a', 20), 50)).toMatchObject({ entryId: 'a', isAsked: true, known: sums(30) });
    expect(of(suspect('b', 5, 'replied'), 35)).toBeNull();
    expect(of(sentAgain('a', 20), 10)).toBeNull();
  });

  it('asks of another entry of that amount before it asks of the same once more', () => {
    const asked = sentAgain('a', 20, { asked: ['possible-double'] });
    const doubtedOf = (...others: readonly Suspect[]) =>
      told({ baseline: sums(30) }, sums(50), [asked, ...others])?.entryId;
    expect(doubtedOf(sentAgain('b', 20))).toBe('b');
    expect(doubtedOf(sentAgain('b', 5))).toBe('a');
  });

  it('hides no late arrival of the very entry that was sent again', () => {
    const known = { baseline: sums(17), afterLastReply: sums(17), beforeFirstSending: sums(10) };
    expect(told(known, sums(17), [sentAgain('own', 7)])).toMatchObject({ entryId: 'own', isAsked: true });
  });

  it('holds the entry itself against the baseline only where another may have sent it', () => {
    expect(told({ baseline: sums(10) }, sums(17), [sentAgain('own', 7)])?.isAsked).toBe(true);
    expect(told({ baseline: sums(10) }, sums(17), [suspect('own', 7, 'replied')])).toBeNull();
  });

  it('without any reply since, holds what ended by evidence against the sums before it', () => {
    const of = (one: Suspect, before: number) => told({ baseline: sums(before) }, sums(before), [one]);
    const ended = sentAgain('a', 20, { before: sums(10) });
    expect(of(ended, 50)?.entryId).toBe('a');
    expect(of(ended, 30)).toBeNull();
    expect(of(suspect('c', 20, 'cancelled', { before: sums(10) }), 30)?.entryId).toBe('c');
  });
});

it('where a part is left out the other speaks alone', () => {
  const left = { balance: amount('30'), point: null };
  const suspects = [sentAgain('a', 20, { increments: sums(20, 5) })];
  expect(told({ baseline: sums(10, 7) }, left, suspects)?.entryId).toBe('a');
  expect(told({ baseline: sums(30, 7) }, left, suspects)).toBeNull();
  expect(told({ afterLastReply: { balance: null, point: amount('7') } }, left, suspects)).toBeNull();
});

describe('a second way in', () => {
  const unproven = { duplicates: null };
  const once: WaysIn = { sent: 1, sentOverMs: 0, isFromElsewhere: false, isReplaced: false };

  it('is another sending, or another place', () => {
    expect(hasSecondWay(once, unproven)).toBe(false);
    expect(hasSecondWay({ ...once, sent: 2 }, unproven)).toBe(true);
    expect(hasSecondWay({ ...once, isFromElsewhere: true }, unproven)).toBe(true);
    expect(hasSecondWay({ ...once, isReplaced: true }, unproven)).toBe(true);
  });

  it('is no sending that the host is proven to refuse', () => {
    const proven = { duplicates: { greatestAgeMs: 3_600_000, rejectedStaysRejected: true } };
    const again = { ...once, sent: 2, sentOverMs: 1_800_000 };
    expect(hasSecondWay(again, proven)).toBe(false);
    expect(hasSecondWay({ ...again, sentOverMs: 1_800_001 }, proven)).toBe(true);
    expect(hasSecondWay({ ...again, isFromElsewhere: true }, proven)).toBe(true);
  });
});

describe('whether what a doubt is about is still in the sums', () => {
  const double = { kind: 'possible-double', increments: sums(20) } as const;
  const missing = { kind: 'possible-missing', increments: sums(20) } as const;
  const own = (certain: Sums, ...possible: Sums[]) => ({ certain, possible });

  it('counts ours since, and takes what fits neither for another’s', () => {
    expect(doubtStatusOf(double, sums(50), own(sums(5)), sums(55))).toBe('stands');
    expect(doubtStatusOf(double, sums(50), own(sums(5)), sums(35))).toBe('gone');
    expect(doubtStatusOf(missing, sums(10), own(sums(0)), sums(30))).toBe('gone');
    expect(doubtStatusOf(double, sums(50), own(sums(5)), sums(50))).toBe('moved');
  });

  it('leaves open what an undecided entry may have added, and says nothing where that fits both', () => {
    expect(doubtStatusOf(double, sums(50), own(sums(0), sums(5)), sums(55))).toBe('stands');
    expect(doubtStatusOf(double, sums(50), own(sums(0), sums(5)), sums(35))).toBe('gone');
    expect(doubtStatusOf(double, sums(50), own(sums(0), sums(20)), sums(50))).toBe('moved');
  });

  it('compares the part that was told, and takes the word of a doubt that tells none', () => {
    const said = { balance: amount('50'), point: null };
    expect(doubtStatusOf(double, said, own(sums(0)), sums(50, 9))).toBe('stands');
    expect(doubtStatusOf(double, { balance: null, point: null }, own(sums(0)), sums(1))).toBe('stands');
  });
});
