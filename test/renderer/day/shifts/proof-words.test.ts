import { describe, expect, it } from 'vitest';
import { addAmounts, amount, type ShiftProof } from '../../../../preload/contract/index.ts';
import { isOfPoints, readProof } from '../../../../renderer/day/shifts/proof-words.ts';
import { proofOf, proofRow } from '../../support/shift-samples.ts';

const settled: ShiftProof['kybio'] = [
  { status: 'moved', entries: 15, principal: amount('740.00'), bonus: amount('60.00') },
  { status: 'by-evidence', entries: 1, principal: amount('20.00'), bonus: amount('0') },
];
const { drawer, journal } = proofOf();
const off = { ...drawer, counted: amount('620.00'), variance: amount('-5.00') };
const broken = { ...journal, proven: 16, notProven: ['0031'] };
const wrong: ShiftProof['kybio'][number] = {
  ...{ status: 'differs', entries: 1, principal: amount('20.00'), bonus: amount('0') },
};

const none = { principal: amount('0'), bonus: amount('0') };

describe('the three witnesses', () => {
  it.each([
    ['proven', proofOf({ kybio: settled })],
    [
      'by-word',
      proofOf({ kybio: settled.map((one, at) => (at === 1 ? { ...one, status: 'by-manager' } : one)) }),
    ],
    ['open', proofOf()],
    ['drawer-differs', proofOf({ drawer: off })],
    ['not-proven', proofOf({ journal: broken, drawer: off })],
    ['differs', proofOf({ kybio: [...settled, wrong], journal: broken, drawer: off })],
  ])('say %s, the worst of what there is', (verdict, proof) => {
    expect(readProof(proof).verdict).toBe(verdict);
  });

  it('say that KYBIO differs where it and the journal have not one sum', () => {
    const short = { ...journal, principal: amount('759.99') };
    expect(readProof(proofOf({ kybio: settled, journal: short })).verdict).toBe('differs');
  });

  it('say nothing bad of a drawer that is not counted', () => {
    const uncounted = { expected: amount('625.00'), counted: null, variance: null };
    expect(readProof(proofOf({ kybio: settled, drawer: uncounted })).verdict).toBe('uncounted');
  });

  it('meet in what the journal has, without what was given back', () => {
    const { meeting } = readProof(proofOf());
    expect([meeting.principal, meeting.bonus].map((sum) => addAmounts(sum))).toEqual(['760', '60']);
  });

  it('show each status once, what is certain first', () => {
    const { sums } = readProof(proofOf());
    expect(sums.map(({ status, sum }) => [status, sum])).toEqual([
      ['moved', '780'],
      ['by-evidence', '20'],
      ['waiting', '20'],
      ['given-back', '50'],
    ]);
  });

  it('stand where nothing was entered', () => {
    const { verdict, sums } = readProof(
      proofOf({ kybio: [], rows: [], journal: { ...journal, entries: 0, proven: 0, ...none } }),
    );
    expect([verdict, sums]).toEqual(['proven', []]);
  });

  it('say of an entry whose balance moved as was sent that KYBIO has its points otherwise', () => {
    const sums = { principal: amount('18'), bonus: amount('2.00') };
    const moved = { ...sums, before: amount('120.00'), after: amount('140') };
    expect(isOfPoints(proofRow({ ...moved, status: 'differs' }))).toBe(true);
    expect(isOfPoints(proofRow({ ...moved, status: 'differs', after: amount('139') }))).toBe(false);
    expect(isOfPoints(proofRow({ ...moved, status: 'moved' }))).toBe(false);
  });
});
