import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDayGroups } from '../../../main/day/day-groups.ts';
import { foundCsvLines } from '../../../main/day/export.ts';
import { openSums } from '../../../main/day/reports/figures.ts';
import { readZ } from '../../../main/day/reports/read-z.ts';
import { createFiguresRepository } from '../../../main/day/shifts/figures-repository.ts';
import { counted, type ReportFacts, xReport, zReport } from '../../../main/day/shifts/report.ts';
import { noShifts, opened } from '../../../main/day/shifts/shift-steps.ts';
import { soldBefore } from '../../../main/day/shifts/sold-before.ts';
import { noTerms } from '../../../main/ledger/tables/fact-columns.ts';
import {
  addAmounts,
  addUp,
  amount,
  type CellSums,
  type FoundSums,
  foldCells,
  foldFound,
  reportCells,
  reportedLines,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { countedOf } from '../../../renderer/day/find/sums.ts';
import { atTheTill } from '../../kit/actors.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { readCsv } from '../../kit/csv.ts';
import { anyTime, anything } from '../../kit/find.ts';
import { openOutbox } from '../../kit/outbox.ts';
import { zFileOf, zShop } from '../../kit/z-reports.ts';
import { expectToldAlike, same } from './told-alike.ts';

// Out of one journal the tiles of the day, X, Z, paper, table, file, owner, what is found and its file say the same, line by
// line (ADR 63). What is true is counted here out of what was done, with plain integers.

const act = fc.record({
  /** Its money was in this drawer, or in another till's. */
  of: fc.constantFrom('sale', 'sale', 'sale', 'slip'),
  kind: fc.constantFrom('top-up', 'top-up', 'award', 'reversal'),
  tender: fc.constantFrom('cash', 'card', 'own:券', null),
  cents: fc.integer({ min: 1, max: 10 ** 7 }),
  bonusCents: fc.integer({ min: 0, max: 10 ** 5 }),
  points: fc.integer({ min: 0, max: 10 ** 5 }),
  end: fc.constantFrom('applied', 'applied', 'rejected', 'unknown', 'cancel', 'review', 'wait'),
  /** What becomes of it once the shift is open, where it still waits. */
  later: fc.constantFrom('applied', 'cancel', 'wait'),
} as const);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const days = fc.record({
  acts: fc.array(act, { maxLength: 16 }),
  /** So many of them before the first shift was opened. */
  before: fc.nat(8),
});

const own = { tillId: 'a'.repeat(16), epoch: 'b'.repeat(16), ownEpochs: ['b'.repeat(16)] };
const place = (sum: string) => amount(sum);
const money = (cents: number) => place(((cents + 0) / 100).toFixed(2));

/** As it is signed: what takes back is below nought, and an award is points alone. */
function sumsOf({ kind, cents, bonusCents, points }: Act) {
  const sign = kind === 'reversal' ? -1 : 1;
  const isMoney = kind !== 'award';
  const of = { cents: isMoney ? sign * cents : 0, bonus: isMoney ? sign * bonusCents : 0 };
  return { ...of, points: kind === 'award' ? points + 1 : sign * points };
}

type Till = ReturnType<typeof openOutbox>;

function end(till: Till, id: string, what: Act['end'] | Act['later']): void {
  const entry = till.outbox.byId(id);
  if (what === 'cancel') till.transitions.cancel(id, atTheTill);
  else if (what === 'review' && entry !== null) till.transitions.sendToReview(entry, 'restored');
  else if (what !== 'wait' && what !== 'review') till.attempt(id, what);
}

function enter(till: Till, one: Act, number: number): string {
  const { cents, bonus, points } = sumsOf(one);
  const requestIds = { sale: `sale-${number}`, slip: `slip:${number}` };
  const isSale = one.of === 'sale';
  const terms = {
    ...noTerms,
    bonus: money(bonus),
    tender: isSale && one.kind !== 'award' ? one.tender : null,
  };
  const { id } = till.add({
    ...{ requestId: requestIds[one.of], kind: one.kind, customerUid: String(number) },
    ...{ balanceIncrement: money(cents + bonus), pointIncrement: String(points) },
    terms: terms as never,
  });
  // What a paper says that it takes back is another till's.
  if (one.of === 'slip' && one.kind === 'reversal')
    till.db.prepare('UPDATE increment SET corrects = ? WHERE id = ?').run(`of ${number}`, id);
  end(till, id, one.end);
  return id;
}

const isBack = (what: Act['end'] | Act['later']) => what === 'rejected' || what === 'cancel';
const isOpen = (what: Act['end'] | Act['later']) => what !== 'applied' && !isBack(what);

/** What it came to in the end. */
const endOf = ({ end: first, later }: Act, isBefore: boolean) =>
  isBefore && first === 'wait' && later !== 'wait' ? later : first;

interface Total {
  readonly entries: number;
  readonly cents: number;
  readonly bonus: number;
  readonly points: number;
}

function total(acts: readonly Act[], moneyOf: (one: Act) => -1 | 0 | 1 = () => 1): Total {
  const sum = (part: 'cents' | 'bonus' | 'points') =>
    acts.reduce((all, one) => all + moneyOf(one) * sumsOf(one)[part], 0);
  return { entries: acts.length, cents: sum('cents'), bonus: sum('bonus'), points: sum('points') };
}

const alike = (told: CellSums, truth: Total, line: string) => {
  expect([line, told.entries]).toEqual([line, truth.entries]);
  same(told.principal, money(truth.cents));
  same(told.bonus, money(truth.bonus));
  same(told.points, place(String(truth.points)));
};

/** Each line of entries that stand as `stateOf` says. */
function truthOf(acts: readonly Act[], stateOf: (one: Act) => Act['end'] | Act['later']) {
  const sold = acts.filter((one) => one.of === 'sale');
  const held = sold.filter((one) => !isBack(stateOf(one)));
  return {
    taken: total(held.filter(({ kind }) => kind !== 'reversal')),
    reversed: total(
      held.filter(({ kind }) => kind === 'reversal'),
      () => -1,
    ),
    cancelled: total(
      acts.filter((one) => isBack(stateOf(one))),
      ({ of }) => (of === 'sale' ? 1 : 0),
    ),
    unsettled: total(acts.filter((one) => isOpen(stateOf(one)))),
    takenUp: total(acts.filter((one) => one.of === 'slip' && !isBack(stateOf(one)))),
    net: total(held),
  };
}

const lines = ['taken', 'reversed', 'cancelled', 'unsettled', 'takenUp'] as const;

/** The journal as a till has it: what was sold, a shift opened, what came of it, and more sold in the shift. */
function live(made: typeof days extends fc.Arbitrary<infer T> ? T : never) {
  const till = openOutbox();
  const before = made.acts.slice(0, made.before);
  const inShift = made.acts.slice(made.before);
  const ids = before.map((one, number) => enter(till, one, number + 1));
  const figures = createFiguresRepository({
    ...{ db: till.db, storeTimeZone: 'Asia/Singapore' },
    ...{ tillIdentity: own, tenderChanges: { within: () => ({ count: 0, listed: [] }) } },
  });
  const upTo = figures.lastSequence();
  const nowMs = till.clock.nowMs();
  const record = opened(
    noShifts(upTo),
    { nowMs, decimals: 2 },
    {
      ...{ id: 'z', who: 'Mei', float: zeroAmount, drawer: 'own', businessDay: '2026-01-15', openedAtRow: 1 },
      newestMs: 0,
      floatCap: place('100'),
      before: upTo === 0 ? null : soldBefore(figures, null, upTo),
    },
  );
  if (!record.ok || record.value.open === null) throw new Error('not opened');
  for (const [at, one] of before.entries()) if (one.end === 'wait') end(till, ids[at] ?? '', one.later);
  for (const [number, one] of inShift.entries()) enter(till, one, before.length + number + 1);
  const range = { from: upTo + 1, to: figures.lastSequence(), sinceMs: nowMs };
  const facts: ReportFacts = {
    ...{
      id: 'x',
      shift: record.value.open,
      tracked: record.value.tracked,
      counted: null,
      nowMs,
      endsAtMinute: 0,
    },
    reckoned: {
      ...{ groups: figures.groups(range), unsettled: figures.unsettled(range), takenUp: [] },
      earlier: figures.some(record.value.tracked.map(({ sequence }) => sequence)),
      ...{ toSequence: range.to, newestMs: nowMs, restoredAtMs: [] },
      arrived: figures.arrived(range),
      ...{ openings: [], afterPaper: [], row: 0, tenderChanges: figures.tenderChanges(range) },
    },
    shop: {
      ...{ till: 'Counter 1', tillId: own.tillId, epoch: own.epoch, currency: 'SGD' },
      ...{ storeTimeZone: 'Asia/Singapore', isPractice: false, tillNumber: 1, tillCount: 1 },
    },
  };
  return { ...{ till, before, inShift, facts }, acts: made.acts };
}

const whole = { filter: anything, uids: [], range: null, within: anyTime };

it('whatever was sold before the first shift and in it, every screen, paper and file says the same of it', async () => {
  await fc.assert(
    fc.asyncProperty(days, async (made) => {
      const { till, before, inShift, facts, acts } = live(made);
      const isBefore = new Set(before);
      const now = (one: Act) => endOf(one, isBefore.has(one));
      const [all, shift] = [truthOf(acts, now), truthOf(inShift, now)];
      const atOpening = truthOf(before, ({ end: first }) => first);
      const back = before.filter((one) => one.end === 'wait' && one.later === 'cancel');
      const late = back.filter(({ of }) => of === 'sale');

      // X and Z, and what was there before the first.
      const x = xReport(facts);
      const closing = { id: 'z', nowMs: facts.nowMs, who: 'Mei', reason: null, approvedBy: null };
      const z = zReport(counted(facts, zeroAmount).report, {
        ...{ ...closing, clockBack: null, by: { tillId: own.tillId, epoch: own.epoch } },
      });
      for (const report of [x, z]) {
        const { lines: told, net } = foldCells(reportCells(report));
        for (const line of ['taken', 'reversed', 'cancelled', 'unsettled'] as const)
          alike(told[line], shift[line], line);
        alike(told.late, total(late), 'late');
        alike(told.before, atOpening.net, 'before');
        // What was given back since is taken off again, as an entry too.
        const undone = back.filter((one) => one.of === 'slip').length;
        expect(told.takenUp.entries).toBe(atOpening.takenUp.entries + shift.takenUp.entries - undone);
        same(told.takenUp.principal, money(all.takenUp.cents));
        expect(reportedLines(report).before === undefined).toBe(before.length === 0);
        // What was sold before is no part of the drawer.
        const ofCash = (of: readonly Act[]) =>
          of.filter(({ tender, kind }) => tender === 'cash' && kind !== 'award');
        const held = inShift.filter((one) => one.of === 'sale' && !isBack(now(one)));
        const box = total(ofCash(held)).cents - total(ofCash(late)).cents;
        same(report.tenders[0]?.expected ?? zeroAmount, money(box));
        // Nothing is missing and nothing twice: what the day's figures count is what the first Z tells.
        same(addAmounts(net.principal, told.before.principal), money(all.net.cents));
        same(addAmounts(net.points, told.before.points), place(String(all.net.points)));
      }

      // The file of the Z, the owner who adds it up, its table and its paper.
      const read = readZ(zFileOf(z), { ...zShop, currency: 'SGD', isPractice: false });
      if (!read.ok) throw new Error(read.problem);
      const of = { zs: [read.facts], ownTill: { id: null, name: 'Office' }, isSettled: () => false };
      const { sum } = createAddUp(of)({ from: z.businessDay, to: z.businessDay }, z.businessDay);
      expectToldAlike(z, sum.lines);
      expect(sum.unsettled.entries).toBe(all.unsettled.entries);
      same(sum.unsettled.principal, money(all.unsettled.cents));

      // What an owner reads of entries that are in no report.
      const day = till.outbox.byId([...till.outbox.all()][0]?.id ?? '')?.storeDay ?? '2026-01-15';
      const step = createDayGroups(till.db, own).step(day, 0, { beginsMs: 0, nextMs: 10 ** 15 });
      const open = openSums(step.groups);
      expect([open.entries, open.unsettled.entries]).toEqual([all.net.entries, all.unsettled.entries]);
      same(open.net, money(all.net.cents));
      same(open.unsettled.principal, money(all.unsettled.cents));

      // What is found, and its file.
      const { sums } = await till.outbox.find.sums(whole, null, own);
      const found = foldFound(sums);
      for (const line of lines) alike(found.lines[line], all[line], line);
      const screen = countedOf(sums);
      let below: readonly FoundSums[] = [];
      const entries = function* () {
        for (const part of till.outbox.find.all(whole, own)) {
          below = addUp([...below, ...part.sums]);
          yield* part.entries;
        }
      };
      const text = [
        ...foundCsvLines(
          entries(),
          () => '',
          () => below,
        ),
      ].join('');
      const [names = [], ...rows] = readCsv(text.replace(/^\ufeff/, ''));
      const inFile = (line: string, name: string) =>
        rows.find((row) => row[names.indexOf('kind')] === 'sum' && row[names.indexOf('state')] === line)?.[
          names.indexOf(name)
        ] ?? '0';
      for (const line of lines) {
        const truth = all[line];
        expect(Number(inFile(line, 'sequence'))).toBe(truth.entries);
        same(place(inFile(line, 'balanceIncrement')), money(truth.cents + truth.bonus));
        same(place(inFile(line, 'pointIncrement')), place(String(truth.points)));
      }
      expect([screen.entries, screen.without]).toEqual([acts.length, all.cancelled.entries]);
      same(screen.open, place(inFile('unsettled', 'balanceIncrement')));

      // The tiles of the day.
      const tiles = till.outbox.sumsOfDay(day, null, own);
      const done = truthOf(
        acts.filter((one) => now(one) === 'applied'),
        now,
      );
      for (const [tile, truth] of [
        [tiles.done, done.net],
        [tiles.takenUp, done.takenUp],
      ] as const) {
        expect(tile.entries).toBe(truth.entries);
        same(tile.balance, money(truth.cents + truth.bonus));
        same(tile.point, place(String(truth.points)));
      }
      const tilesOpen = [tiles.waiting, tiles.checking, tiles.review];
      expect(tilesOpen.reduce((sumOf, one) => sumOf + one.entries, 0)).toBe(all.unsettled.entries);
      same(
        addAmounts(...tilesOpen.map(({ balance }) => balance)),
        money(all.unsettled.cents + all.unsettled.bonus),
      );
      const refused = truthOf(
        acts.filter((one) => now(one) === 'rejected'),
        now,
      ).cancelled;
      expect(tiles.refused.entries).toBe(refused.entries);
      same(tiles.refused.balance, money(refused.cents + refused.bonus));
      till.db.close();
    }),
    { numRuns: 60, seed: 68 },
  );
}, 120_000);
