import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf } from '../../main/day/shifts/business-day.ts';
import { DatabaseFailure } from '../../main/kernel/database/failure.ts';
import { addDays } from '../../main/kernel/store-time.ts';
import { createFind, type Find } from '../../main/ledger/shown/find.ts';
import type { EntryQuery } from '../../main/ledger/shown/find-steps.ts';
import { noTerms } from '../../main/ledger/tables/fact-columns.ts';
import type { Increment } from '../../main/ledger/types.ts';
import {
  type Amount,
  addAmounts,
  amount,
  compareAmounts,
  type EntryFilter,
  type FoundSums,
  findStates,
  subtractAmounts,
  zeroAmount,
} from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { anyTime, anything } from '../kit/find.ts';
import { identity, openOutbox } from '../kit/outbox.ts';

// What is found in steps is what a walk through all entries finds.

const DAY_MS = 86_400_000;
const newestFirst = (one: Increment, other: Increment) => other.sequence - one.sequence;

const act = fc.record({
  member: fc.integer({ min: 1, max: 4 }),
  name: fc.constantFrom('Tan Mei', 'tan_wei', 'Lim 100%', 'José', 'JOSÉ ＴＡＮ', '王 Đức', ''),
  card: fc.constantFrom('8008', '80', 'A\\7'),
  sum: fc.constantFrom('10', '50', '12.5', '0'),
  bonus: fc.constantFrom(null, '5'),
  tender: fc.constantFrom(null, 'cash', 'own:Grab'),
  cashier: fc.constantFrom('Mei', 'mei_2', 'Boss'),
  what: fc.constantFrom(
    'applied',
    'applied',
    'rejected',
    'unknown',
    'cancel',
    'review',
    'begin',
    'wait',
    'part',
    'whole',
  ),
  passesMs: fc.constantFrom(1_000, 3_600_000, DAY_MS / 2, DAY_MS, -7_200_000, -DAY_MS),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function tillAfter(acts: readonly Act[]) {
  const till = openOutbox();
  for (const { member, name, card, sum, bonus, tender, cashier, what, passesMs } of acts) {
    till.clock.pass(passesMs);
    const isAward = sum === '0';
    const terms = { ...noTerms, tender, bonus: isAward || bonus === null ? null : amount(bonus) };
    const { id } = till.add({
      ...{ customerUid: String(member), customerName: name, customerNumber: card, actor: cashier },
      ...{ balanceIncrement: sum, pointIncrement: isAward ? '7' : '0', kind: isAward ? 'award' : 'top-up' },
      ...{ terms: terms as never },
    });
    const entry = till.outbox.byId(id);
    const mayBeSent = till.outbox.candidates().some((one) => one.id === id);
    if (entry === null) throw new Error('not added');
    if (what === 'cancel') till.transitions.cancel(id, atTheTill);
    else if (what === 'review') till.transitions.sendToReview(entry, 'restored');
    else if (mayBeSent && what === 'begin') till.begin(id);
    else if (mayBeSent && (what === 'part' || what === 'whole')) {
      till.attempt(id, 'applied');
      const part = {
        balanceIncrement: what === 'part' ? '-1' : `-${sum}`,
        pointIncrement: isAward ? '-7' : '0',
      };
      const taken = isAward && what === 'part' ? { balanceIncrement: '0', pointIncrement: '-1' } : part;
      till.add({
        ...{ customerUid: String(member), customerName: name, customerNumber: card, actor: cashier },
        ...{ ...taken, kind: 'reversal', corrects: id },
      });
    } else if (mayBeSent && what !== 'begin' && what !== 'wait' && what !== 'part' && what !== 'whole')
      till.attempt(id, what);
  }
  return till;
}

const statesOf: Readonly<Record<string, readonly string[]>> = { waiting: ['queued', 'sending'] };

const isBetween = (value: Amount, least: Amount | null, most: Amount | null) =>
  (least === null || compareAmounts(value, least) >= 0) &&
  (most === null || compareAmounts(value, most) <= 0);

const unsigned = (value: Amount): Amount => amount(value.replace('-', ''));

const plain = (text: string) =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

/** As a person would look through them, one by one. */
function isFound(entry: Increment, { filter, uids, range, within }: EntryQuery): boolean {
  const low = (text: string) => text.toLowerCase();
  const text = filter.text.trim();
  const names =
    [entry.customerName, entry.customerNumber].some((one) => low(one).includes(low(text))) ||
    // As somebody types who has no such key.
    plain(entry.customerName).includes(plain(text));
  const isReference = /^#?\d+$/.test(text) && Number(text.replace('#', '')) === entry.sequence;
  const { bonus } = entry.terms;
  const whole = unsigned(entry.balanceIncrement);
  const principal = unsigned(subtractAmounts(entry.balanceIncrement, bonus ?? zeroAmount));
  const { least, most, state } = filter;
  const hasSum = least === null && most === null;
  const states = state === null || state === 'takenBack' ? null : (statesOf[state] ?? [state]);
  return (
    (filter.customerUid === null
      ? text === '' || names || isReference || uids.includes(entry.customerUid)
      : entry.customerUid === filter.customerUid) &&
    (within.fromMs === null || entry.createdAtMs >= within.fromMs) &&
    (within.beforeMs === null || entry.createdAtMs < within.beforeMs) &&
    (hasSum || compareAmounts(whole, zeroAmount) > 0) &&
    (hasSum || isBetween(filter.sumOf === 'whole' ? whole : principal, least, most)) &&
    low(entry.actor).includes(low(filter.cashier.trim())) &&
    (filter.tender === null || (entry.terms.tender ?? '') === filter.tender) &&
    (filter.kind === null || entry.kind === filter.kind) &&
    (states === null || states.includes(entry.state)) &&
    (state !== 'takenBack' || entry.takenBack !== null) &&
    (range === null || (entry.sequence >= range.from && entry.sequence <= range.to))
  );
}

const day = fc.constantFrom(null, '2026-01-14', '2026-01-15', '2026-01-16', '2026-01-18');
const filter: fc.Arbitrary<EntryFilter> = fc.record({
  text: fc.constantFrom(
    '',
    '',
    'tan',
    'MEI',
    '_',
    '%',
    '80',
    '3',
    '#2',
    '0002',
    'nobody',
    'jose',
    'JOSÉ',
    'josè ｔ',
    '王 duc',
    'ĐỨC',
  ),
  customerUid: fc.constantFrom(null, null, '1', '9'),
  fromDay: day,
  toDay: day,
  sumOf: fc.constantFrom('principal', 'whole'),
  least: fc.constantFrom(null, null, amount('10'), amount('12.5')),
  most: fc.constantFrom(null, null, amount('12.5'), amount('50')),
  cashier: fc.constantFrom('', '', 'mei', 'mei_', ' boss '),
  tender: fc.constantFrom(null, null, 'cash', 'own:Grab', ''),
  state: fc.constantFrom(null, null, ...findStates),
  kind: fc.constantFrom(null, null, 'top-up', 'award', 'reversal'),
  shift: fc.constant(null),
});
/** Days of business, which end at any minute of the store's clock. */
const withinDays = ({ fromDay, toDay }: EntryFilter, endsAtMinute: number): EntryQuery['within'] => {
  const beginsMs = (of: string | null, after = 0) =>
    of === null ? null : beginningOf(addDays(of, after), identity.storeTimeZone, endsAtMinute);
  return { fromMs: beginsMs(fromDay), beforeMs: beginsMs(toDay, 1) };
};

const query: fc.Arbitrary<EntryQuery> = fc
  .record({
    filter: fc.oneof(filter, fc.constant(anything)),
    uids: fc.constantFrom([], ['2'], ['9']),
    range: fc.constantFrom(null, null, { from: 2, to: 4 }, { from: 0, to: 0 }),
    endsAtMinute: fc.constantFrom(0, 0, 180, 719, 720, 1_320),
  })
  .map(({ endsAtMinute, ...asked }) => ({ ...asked, within: withinDays(asked.filter, endsAtMinute) }));

async function allPages(find: Find, asked: EntryQuery, limit: number): Promise<readonly Increment[]> {
  const found: Increment[] = [];
  let before: number | null = null;
  do {
    const page = await find.page(asked, before, limit);
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    found.push(...page.entries);
    before = page.next;
  } while (before !== null);
  return found;
}

async function allSums(find: Find, asked: EntryQuery): Promise<readonly FoundSums[]> {
  const found: FoundSums[] = [];
  let before: number | null = null;
  do {
    const { sums, next } = await find.sums(asked, before);
    found.push(...sums);
    before = next;
  } while (before !== null);
  return found;
}

const total = (of: readonly Amount[]): Amount => addAmounts(zeroAmount, ...of);

describe('whatever is asked for', () => {
  it('is found, in steps of any length and pages of any size, with its sums', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 12 }),
        fc.array(query, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(1, 2, 5, 4_000),
        async (drawn, queries, limit, step) => {
          const { outbox, db } = tillAfter(drawn);
          const all = [...outbox.all()].sort(newestFirst);
          const bySequence = new Map(all.map((entry) => [entry.sequence, entry]));
          const read = (sequences: readonly number[]) =>
            sequences.flatMap((sequence) => bySequence.get(sequence) ?? []).sort(newestFirst);
          const find = createFind(db, read, step);
          for (const asked of queries) {
            const expected = all.filter((entry) => isFound(entry, asked));
            expect(await allPages(find, asked, limit)).toEqual(expected);
            expect([...find.all(asked)].flatMap(({ entries }) => entries)).toEqual(expected);
            const sums = await allSums(find, asked);
            expect(sums.reduce((count, { entries }) => count + entries, 0)).toBe(expected.length);
            for (const part of ['balance', 'bonus', 'point'] as const) {
              const of = (entry: Increment) =>
                ({
                  balance: entry.balanceIncrement,
                  bonus: entry.terms.bonus ?? zeroAmount,
                  point: entry.pointIncrement,
                })[part];
              const found = total(sums.map((one) => one[part]));
              expect(compareAmounts(found, total(expected.map(of)))).toBe(0);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

it('a sum that no entry can have is no sum to look for', async () => {
  const { outbox } = openOutbox();
  const asked = { filter: { ...anything, least: amount('0.00001') }, uids: [], range: null, within: anyTime };
  await expect(outbox.find.page(asked, null, 10)).rejects.toThrow(RangeError);
});

it('a look whose till is closed meanwhile fails as what a database does, and not as a fault of the program', async () => {
  const { db, add } = openOutbox();
  for (const uid of ['1', '2', '3']) add({ customerUid: uid });
  const asked = { filter: { ...anything, cashier: 'nobody' }, uids: [], range: null, within: anyTime };
  const looked = createFind(db, () => [], 1).page(asked, null, 10);
  db.close();
  await expect(looked).rejects.toThrow(DatabaseFailure);
});
