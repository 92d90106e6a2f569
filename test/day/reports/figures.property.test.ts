import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DayGroup } from '../../../main/day/day-groups.ts';
import { openSums } from '../../../main/day/reports/figures.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  type Amount,
  addAmounts,
  compareAmounts,
  entryStates,
  negateAmount,
  zeroAmount,
} from '../../../preload/contract/index.ts';

const tender = fc.constantFrom('cash', 'card', 'own:Voucher', null);
const sum = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((e4) => fromScaled(String(e4)));

const group: fc.Arbitrary<DayGroup> = fc
  .record({
    line: fc.constantFrom('sale' as const, 'taken-up' as const),
    kind: fc.constantFrom('top-up' as const, 'award' as const, 'reversal' as const),
    state: fc.constantFrom(...entryStates),
    tender,
    entries: fc.integer({ min: 1, max: 500 }),
    ...{ principal: sum, bonus: sum, points: sum },
  })
  .map((made): DayGroup => {
    if (made.kind === 'award') return { ...made, tender: null, principal: zeroAmount, bonus: zeroAmount };
    if (made.kind === 'top-up') return made;
    return {
      ...made,
      principal: negateAmount(made.principal),
      bonus: negateAmount(made.bonus),
      points: negateAmount(made.points),
    };
  });

const days = fc.array(fc.array(group, { maxLength: 12 }), { maxLength: 31 });

const same = (one: Amount, other: Amount) => expect(compareAmounts(one, other)).toBe(0);
const summed = (all: readonly Amount[]) => addAmounts(zeroAmount, ...all);

it('what days come to is what their weeks and months come to, to the cent, and so are the ways to pay', () => {
  fc.assert(
    fc.property(days, (of) => {
      const each = of.map(openSums);
      const all = openSums(of.flat());
      same(summed(each.map(({ net }) => net)), all.net);
      same(summed(each.map(({ bonus }) => bonus)), all.bonus);
      same(summed(each.map(({ unsettled }) => unsettled.principal)), all.unsettled.principal);
      same(summed(all.tenders.map(({ net }) => net)), all.net);
      expect(each.reduce((sumOf, { entries }) => sumOf + entries, 0)).toBe(all.entries);
    }),
    { numRuns: 300, seed: 20 },
  );
});
