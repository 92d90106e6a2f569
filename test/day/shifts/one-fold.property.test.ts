import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DayGroup } from '../../../main/day/day-groups.ts';
import { openSums } from '../../../main/day/reports/figures.ts';
import { readZ } from '../../../main/day/reports/read-z.ts';
import type { FigureGroup, ListedEntry } from '../../../main/day/shifts/figures.ts';
import { blind, counted, type ReportFacts, xReport, zReport } from '../../../main/day/shifts/report.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  type Amount,
  addAmounts,
  amount,
  type Cell,
  compareAmounts,
  entryStates,
  type FigureLine,
  figureLines,
  foldCells,
  isUnsettled,
  reportedLines,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { foldedOf } from '../../../renderer/day/shifts/figures.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { zFileOf, zShop } from '../../kit/z-reports.ts';
import { expectToldAlike, same } from './told-alike.ts';

// Tile, X, Z, file, paper, CSV and owner say the same of a shift, to the cent and the point (ADR 63). Whatever happened is made up
// entry by entry, and counted here once more, by what a till does with a drawer.

const AT_MS = Date.parse('2026-11-28T02:00:00Z');

interface Happening {
  readonly line: 'sale' | 'taken-up';
  readonly kind: 'top-up' | 'award' | 'reversal';
  readonly state: (typeof entryStates)[number];
  readonly tender: string | null;
  readonly cashier: string;
  readonly cents: number;
  readonly bonusCents: number;
  readonly points: number;
}

const happening: fc.Arbitrary<Happening> = fc
  .record({
    line: fc.constantFrom('sale', 'sale', 'sale', 'taken-up'),
    kind: fc.constantFrom('top-up', 'top-up', 'award', 'reversal'),
    state: fc.constantFrom(...entryStates),
    tender: fc.constantFrom('cash', 'cash', 'card', 'own:券', null),
    cashier: fc.constantFrom('Mei', 'Siti', '陈'),
    cents: fc.integer({ min: 1, max: 10 ** 7 }),
    bonusCents: fc.integer({ min: 0, max: 10 ** 5 }),
    points: fc.integer({ min: 0, max: 10 ** 5 }),
  } as const)
  .map((made): Happening => {
    if (made.kind === 'award') return { ...made, tender: null, cents: 0, bonusCents: 0 };
    const sign = made.kind === 'reversal' ? -1 : 1;
    const { cents, bonusCents, points } = made;
    return {
      ...{ ...made, cents: sign * cents, bonusCents: sign * bonusCents, points: sign * points },
      tender: made.line === 'sale' ? made.tender : null,
    };
  });

const shift = fc.record({
  happenings: fc.array(happening, { maxLength: 40 }),
  earlier: fc.array(happening, { maxLength: 12 }),
  moves: fc.array(fc.record({ isIn: fc.boolean(), cents: fc.integer({ min: 1, max: 10 ** 6 }) }), {
    maxLength: 6,
  }),
  isElsewhere: fc.boolean(),
  countedCents: fc.option(fc.integer({ min: 0, max: 10 ** 5 })),
  openings: fc.array(
    fc.record({
      cause: fc.constantFrom('sale', 'reversal', 'given-back', 'paid-in', 'paid-out', 'no-sale'),
      cashier: fc.constantFrom('Mei', 'Siti'),
      cents: fc.integer({ min: 1, max: 10 ** 6 }),
    }),
    { maxLength: 12 },
  ),
  /** Each entry's paper was handed out, or not. */
  papers: fc.array(fc.boolean(), { minLength: 52, maxLength: 52 }),
});
type Shift = typeof shift extends fc.Arbitrary<infer T> ? T : never;

const money = (cents: number): Amount => fromScaled(String(cents * 100));
const whole = (points: number): Amount => amount(String(points));

const groupOf = ({
  line,
  kind,
  state,
  tender,
  cashier,
  cents,
  bonusCents,
  points,
}: Happening): FigureGroup => ({
  ...{ line, state, tender, cashier, personId: null, isReversal: kind === 'reversal', hour: 9, entries: 1 },
  ...{ principal: money(cents), bonus: money(bonusCents), points: whole(points) },
});

const dayGroupOf = (one: Happening): DayGroup => {
  const { cashier: _, personId: __, isReversal: ___, hour: ____, ...group } = groupOf(one);
  return { ...group, kind: one.kind };
};

const listed = (
  sequence: number,
  { line, state, tender, cents, bonusCents, points, cashier }: Happening,
): ListedEntry => ({
  ...{ id: `e${sequence}`, sequence, reference: String(sequence), atMs: AT_MS, memberName: 'Tan', cashier },
  ...{ line, state, tender, principal: money(cents), bonus: money(bonusCents), points: whole(points) },
  settledAtMs: isUnsettled({ state }) ? null : AT_MS,
});

type Opening = Shift['openings'][number];

const openingOf = ({ cause, cashier, cents }: Opening): FigureGroup => {
  const isEntry = cause === 'sale' || cause === 'reversal' || cause === 'given-back';
  return {
    line: isEntry ? 'opened-entry' : `opened-${cause}`,
    state: cause === 'given-back' ? 'cancelled' : 'confirmed',
    tender: cause === 'no-sale' ? null : 'cash',
    ...{ cashier, personId: null, isReversal: cause === 'reversal', hour: 0, entries: 1 },
    principal: cause === 'no-sale' ? zeroAmount : money(cause === 'reversal' ? -cents : cents),
    ...{ bonus: zeroAmount, points: zeroAmount },
  };
};

const isBack = ({ state }: Happening) => state === 'rejected' || state === 'cancelled';

/** Which of these were given back after a paper. */
function afterPaper({ happenings, earlier, papers }: Shift) {
  const of = (entries: readonly Happening[], from: number, skip: number) =>
    entries.flatMap((one, place) =>
      papers[skip + place] && isBack(one) ? [{ one, sequence: from + place }] : [],
    );
  return [...of(happenings, 1, 0), ...of(earlier, EARLIER, 40)];
}

const EARLIER = 1_000;

function factsOf(made: Shift): ReportFacts {
  const { happenings, earlier, moves, isElsewhere, countedCents, openings } = made;
  const at = (place: number) => EARLIER + place;
  const entries = happenings.map((one, place) => listed(place + 1, one));
  return {
    id: 'x',
    shift: {
      ...{ id: 'z', number: 3, fromSequence: 1, openedAtMs: AT_MS, openedBy: 'Mei', openedAtRow: 1 },
      ...{ businessDay: '2026-11-28', float: amount('100'), drawer: isElsewhere ? 'elsewhere' : 'own' },
      opening: {
        ...{ counted: countedCents === null ? null : money(countedCents), shift: 2 },
        uncounted: zeroAmount,
      },
      moves: moves.map(({ isIn, cents }, place) => ({
        ...{ id: `m${place}`, kind: isIn ? 'paid-in' : 'paid-out', amount: money(cents), reason: 'Coins' },
        ...{ who: 'Mei', approvedBy: null, atMs: AT_MS },
      })),
      ...{
        newestMs: AT_MS,
        clockBack: null,
        isCounting: false,
        counted: null,
        isFromCopy: false,
      },
    },
    tracked: earlier.map(({ tender, line }, place) => ({
      sequence: at(place),
      shift: 1 + (place % 2),
      was: 'queued',
      tender,
      line,
    })),
    reckoned: {
      groups: happenings.map(groupOf),
      openings: openings.map(openingOf),
      afterPaper: afterPaper(made).map(({ one, sequence }) => ({
        ...listed(sequence, one),
        ...{ personId: null, isReversal: one.kind === 'reversal', by: 'Mei' },
      })),
      row: 1,
      unsettled: entries.filter(isUnsettled),
      takenUp: [],
      earlier: earlier.map((one, place) => listed(at(place), one)),
      ...{ toSequence: happenings.length, newestMs: AT_MS, restoredAtMs: [] },
      tenderChanges: { count: 0, listed: [] },
      arrived: { byReply: 0, byEvidence: 0, byManager: 0, notYet: 0 },
    },
    counted: null,
    ...{ nowMs: AT_MS, endsAtMinute: 240 },
    shop: {
      ...{ till: 'Counter 1', tillId: 'a'.repeat(16), epoch: 'b'.repeat(16), currency: 'SGD' },
      ...{ storeTimeZone: 'Asia/Singapore', isPractice: false, tillNumber: 1, tillCount: 1 },
    },
  };
}

/** The cash box and the host's ledger of it, counted with plain integers. */
function honest({ happenings, earlier, moves }: Shift) {
  const total = (of: readonly Happening[], part: 'cents' | 'bonusCents' | 'points') =>
    of.reduce((sum, one) => sum + one[part], 0);
  const sold = happenings.filter((one) => one.line === 'sale' && !isBack(one));
  const late = earlier.filter((one) => one.line === 'sale' && isBack(one));
  const part = (name: 'cents' | 'bonusCents' | 'points') => total(sold, name) - total(late, name);
  const cash = (of: readonly Happening[]) => of.filter(({ tender }) => tender === 'cash');
  const moved = moves.reduce((sum, { isIn, cents }) => sum + (isIn ? cents : -cents), 0);
  return {
    ...{ net: money(part('cents')), bonus: money(part('bonusCents')), points: whole(part('points')) },
    box: money(10_000 + total(cash(sold), 'cents') - total(cash(late), 'cents') + moved),
    late: {
      bonus: money(total(late, 'bonusCents')),
      points: whole(total(late, 'points')),
      net: money(total(late, 'cents')),
    },
  };
}

/** What was done quietly, by the line that tells it: how often, and the cents of it. */
function quietly(made: Shift): readonly (readonly [FigureLine, number, number])[] {
  const { openings, countedCents, isElsewhere } = made;
  const opened = (line: FigureLine, cause: Opening['cause']): readonly [FigureLine, number, number] => {
    const of = openings.filter((one) => one.cause === cause);
    return [line, of.length, cause === 'no-sale' ? 0 : of.reduce((sum, { cents }) => sum + cents, 0)];
  };
  const papers = afterPaper(made);
  const left = countedCents === null || isElsewhere ? 0 : countedCents - 10_000;
  const inBox = Math.round(Number(honest(made).box) * 100) - 10_000;
  const isUncounted = isElsewhere && inBox !== 0;
  return [
    ['afterPaper', papers.length, papers.reduce((sum, { one }) => sum + one.cents, 0)],
    ['uncounted', isUncounted ? 1 : 0, isUncounted ? inBox : 0],
    ['toBank', left > 0 ? 1 : 0, Math.max(left, 0)],
    ['putIn', left < 0 ? 1 : 0, Math.max(-left, 0)],
    opened('openedSale', 'sale'),
    opened('openedReversal', 'reversal'),
    opened('openedCancelled', 'given-back'),
    opened('openedPaidIn', 'paid-in'),
    opened('openedPaidOut', 'paid-out'),
    opened('openedNoSale', 'no-sale'),
  ];
}

it('every sum of a shift is the same, wherever it is told, and what the box and the ledger say', () => {
  fc.assert(
    fc.property(shift, (made) => {
      const facts = factsOf(made);
      const x = xReport(facts);
      const { report: frozen } = counted(facts, zeroAmount);
      const z = zReport(frozen, {
        ...{
          id: 'z',
          nowMs: AT_MS,
          who: 'Mei',
          reason: null,
          approvedBy: null,
          clockBack: null,
        },
        by: { tillId: facts.shop.tillId, epoch: facts.shop.epoch },
      });
      const truth = honest(made);
      const [lines, { net }] = [reportedLines(z), foldedOf(z)];
      // The tiles, and what X and Z say of themselves.
      same(net.principal, truth.net);
      for (const [line, entries, cents] of quietly(made))
        expect([line, lines[line]?.entries, Number(lines[line]?.principal) * 100]).toEqual([
          ...[line, entries],
          expect.closeTo(cents, 1),
        ]);
      expect(z.afterPaper).toHaveLength(afterPaper(made).length);
      for (const report of [x, z]) {
        same(report.bonus, truth.bonus);
        same(report.points, truth.points);
        same(report.tenders.find(({ tender }) => tender === 'cash')?.expected ?? zeroAmount, truth.box);
        expect(reportedLines(report)).toEqual(lines);
      }
      same(
        addAmounts(
          ...z.tenders.map((row) =>
            subtractAmounts(
              row.taken ?? zeroAmount,
              addAmounts(row.reversed ?? zeroAmount, row.lateGivenBack ?? zeroAmount),
            ),
          ),
        ),
        truth.net,
      );

      // The file, and the owner who adds it up.
      const read = readZ(zFileOf(z), { ...zShop, currency: 'SGD', isPractice: false });
      if (!read.ok) throw new Error(read.problem);
      const addUp = createAddUp({
        zs: [read.facts],
        ownTill: { id: null, name: 'Office' },
        isSettled: () => false,
      });
      const { sum } = addUp({ from: z.businessDay, to: z.businessDay }, z.businessDay);
      for (const part of ['net', 'bonus', 'points'] as const) same(sum[part], truth[part]);
      expect([sum.unsettled.entries, sum.entries]).toEqual([lines.unsettled?.entries, net.entries]);
      same(sum.unsettled.principal, lines.unsettled?.principal ?? zeroAmount);

      expectToldAlike(z, sum.lines);

      // What an owner reads of them before they are in a report: what became of earlier shifts' entries is told there.
      const open = openSums(made.happenings.map(dayGroupOf));
      same(open.net, addAmounts(truth.net, truth.late.net));
      same(open.bonus, addAmounts(truth.bonus, truth.late.bonus));
      expect([open.entries, open.unsettled.entries]).toEqual([net.entries, lines.unsettled?.entries]);
    }),
    { numRuns: 150, seed: 65 },
  );
});

it('cells that are split add up to the whole', () => {
  const cell: fc.Arbitrary<Cell> = happening.map(
    ({ line, kind, state, tender, cents, bonusCents, points }) => ({
      ...{ line, state, tender, isReversal: kind === 'reversal', entries: 1, principal: money(cents) },
      ...{ bonus: money(bonusCents), points: whole(points) },
    }),
  );
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 20 }), fc.array(cell, { maxLength: 20 }), (one, other) => {
      const [both, first, second] = [foldCells([...one, ...other]), foldCells(one), foldCells(other)];
      for (const line of Object.keys(both.lines) as FigureLine[])
        for (const part of ['principal', 'bonus', 'points'] as const)
          same(both.lines[line][part], addAmounts(first.lines[line][part], second.lines[line][part]));
      same(both.held, addAmounts(first.held, second.held));
    }),
    { numRuns: 100, seed: 66 },
  );
});

it('a blind report has no line with a cent of what was paid in cash, nor of what was put in or taken out', () => {
  fc.assert(
    fc.property(shift, (made) => {
      const withoutCash = (of: readonly Happening[]) => of.filter(({ tender }) => tender !== 'cash');
      const told = reportedLines(blind(xReport(factsOf(made))));
      const other = { ...made, happenings: withoutCash(made.happenings), earlier: withoutCash(made.earlier) };
      const none = { moves: [], openings: made.openings.filter(({ cause }) => cause === 'no-sale') };
      const expected = reportedLines(xReport(factsOf({ ...other, ...none, papers: [] })));
      const ofCash = ['paidIn', 'paidOut', 'uncounted', 'toBank', 'putIn'] as const;
      const opened = [
        'openedSale',
        'openedReversal',
        'openedCancelled',
        'openedPaidIn',
        'openedPaidOut',
      ] as const;
      // Nothing was sold before it was opened.
      const untold = [...ofCash, ...opened, 'before'];
      const lines = figureLines.filter((line) => !untold.includes(line));
      expect(Object.keys(told)).toEqual(lines);
      for (const line of lines.filter((one) => one !== 'afterPaper'))
        expect(
          compareAmounts(told[line]?.principal ?? zeroAmount, expected[line]?.principal ?? zeroAmount),
        ).toBe(0);
      expect(told.openedNoSale?.entries).toBe(none.openings.length);
      const papers = afterPaper(made).filter(({ one }) => one.tender !== 'cash');
      same(
        told.afterPaper?.principal ?? zeroAmount,
        money(papers.reduce((sum, { one }) => sum + one.cents, 0)),
      );
    }),
    { numRuns: 100, seed: 67 },
  );
});
