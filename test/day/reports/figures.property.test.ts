import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DayGroup } from '../../../main/day/day-groups.ts';
import { figuresOf } from '../../../main/day/reports/figures.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  type Amount,
  addAmounts,
  compareAmounts,
  entryStates,
  type Figures,
  negateAmount,
  noSums,
  subtractAmounts,
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

const summed = (all: readonly Figures[], of: (figures: Figures) => Amount) =>
  addAmounts(zeroAmount, ...all.map(of));
const same = (one: Amount, other: Amount) => compareAmounts(one, other) === 0;

const lines = ['taken', 'reversed', 'cancelled', 'unsettled', 'takenUp'] as const;
const sumsIn = ({ lines: told }: Figures, line: (typeof lines)[number]) => told[line] ?? noSums;

const amounts: readonly ((figures: Figures) => Amount)[] = [
  ({ net }) => net,
  ({ bonus }) => bonus,
  ({ points }) => points,
  ({ tenders }) => summed(tenders as never, (row) => row.net),
  ...lines.flatMap((line) =>
    (['principal', 'bonus', 'points'] as const).map(
      (part) => (figures: Figures) => sumsIn(figures, line)[part],
    ),
  ),
];
const counts: readonly ((figures: Figures) => number)[] = [
  ({ topUps }) => topUps,
  ...lines.map((line) => (figures: Figures) => sumsIn(figures, line).entries),
];

it('what days come to is what their weeks and months come to, to the cent', () => {
  fc.assert(
    fc.property(days, (of) => {
      const each = of.map((groups) => figuresOf(groups, 0));
      const all = figuresOf(of.flat(), 0);
      for (const part of amounts) expect(same(summed(each, part), part(all))).toBe(true);
      for (const part of counts) expect(each.reduce((sum_, one) => sum_ + part(one), 0)).toBe(part(all));
    }),
    { numRuns: 300, seed: 20 },
  );
});

it('what is left is what was taken, less what was reversed, and the ways to pay add up to it', () => {
  fc.assert(
    fc.property(days, (of) => {
      const figures = figuresOf(of.flat(), 0);
      const { net, tenders } = figures;
      const [taken, reversed] = [sumsIn(figures, 'taken').principal, sumsIn(figures, 'reversed').principal];
      expect(same(subtractAmounts(taken, reversed), net)).toBe(true);
      expect(same(addAmounts(zeroAmount, ...tenders.map((row) => row.net)), net)).toBe(true);
      expect(compareAmounts(reversed, zeroAmount)).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300, seed: 21 },
  );
});
