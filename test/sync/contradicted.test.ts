import { describe, expect, it } from 'vitest';
import { type Contradiction, doubtOfContradiction } from '../../main/sync/contradicted.ts';
import type { Sums } from '../../main/sync/undecided.ts';
import { amount } from '../../preload/contract/index.ts';

const sums = (balance: number, point = 0): Sums => ({
  balance: amount(String(balance)),
  point: amount(String(point)),
});
const of = (baseline: number, before: number, change: Partial<Contradiction> = {}): Contradiction => ({
  ...{ entry: { id: 'own', increments: sums(10) }, baseline: sums(baseline), before: sums(before) },
  ...{ isRecent: true, added: [], undecided: [], singleWriter: false },
  ...change,
});
const doubt = { entryId: 'own', kind: 'possible-missing' };

/** Attack B5: the reply said "before 0", and the baseline was 10. */
describe('a success whose sums are older than what the till knows', () => {
  it.each<[string, Contradiction]>([
    ['lacks this entry’s own amount', of(10, 0)],
    ['lacks the reply before', of(47, 40, { added: [sums(7)] })],
    ['lacks the two replies before', of(52, 40, { added: [sums(7), sums(5)] })],
    ['lacks what was taken back before', of(33, 40, { added: [sums(-7)] })],
    ['lacks anything, where nobody else writes', of(10, 3, { singleWriter: true, isRecent: false })],
    ['lacks points, where nobody else writes', of(10, 10, { singleWriter: true, baseline: sums(10, 5) })],
  ])('%s: this one may be missing', (_, contradiction) => {
    expect(doubtOfContradiction(contradiction)).toEqual(doubt);
  });

  it.each<[string, Contradiction]>([
    ['the baseline', of(10, 10)],
    ['less, by what somebody may have spent', of(10, 3)],
    ['less, by this amount, long after it was known', of(10, 0, { isRecent: false })],
    ['more, where nobody else is said to write', of(10, 17, { singleWriter: true })],
    ['less, with something undecided', of(10, 0, { undecided: [sums(10)], singleWriter: true })],
    ['nothing', of(10, 0, { before: { balance: null, point: null } })],
  ])('says %s: no doubt', (_, contradiction) => {
    expect(doubtOfContradiction(contradiction)).toBeNull();
  });
});
