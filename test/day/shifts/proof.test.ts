import { expect, it } from 'vitest';
import { shiftProof } from '../../../main/day/shifts/proof.ts';
import { amount, MOST_LISTED } from '../../../preload/contract/index.ts';

const atMs = Date.parse('2026-11-26T06:02:00Z');

/** One increment of five, which KYBIO answered with these balances. */
const examined = (sequence: number, after: string, isProven = true) => ({
  isProven,
  entry: {
    ...{ id: `e${sequence}`, sequence, reference: String(sequence), atMs, memberName: 'Mei', cashier: 'Mei' },
    ...{ settledAtMs: atMs, line: 'sale' as const, points: amount('0') },
    ...{ principal: amount('5'), bonus: amount('0'), tender: 'cash', state: 'confirmed' as const },
    ...{ balanceIncrement: '5', pointIncrement: '0', pointBefore: null, pointAfter: null },
    ...{ balanceBefore: '0', balanceAfter: after, isByManager: false },
  },
});

it('a shift of more entries than are listed lists each that is to be looked at, and says how many are left out', () => {
  const all = Array.from({ length: MOST_LISTED + 500 }, (_, at) => examined(at, '5'));
  all[MOST_LISTED + 100] = examined(MOST_LISTED + 100, '6');
  all[MOST_LISTED + 200] = examined(MOST_LISTED + 200, '5', false);
  const { rows, unlisted } = shiftProof({ number: 1, nowMs: atMs, report: { tenders: [] }, examined: all });
  expect(rows).toHaveLength(MOST_LISTED);
  expect(unlisted).toBe(500);
  const references = rows.map(({ reference }) => Number(reference));
  expect(references.slice(-2)).toEqual([MOST_LISTED + 100, MOST_LISTED + 200]);
  expect(references).toEqual([...references].sort((one, other) => one - other));
});
