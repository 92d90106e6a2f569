import { expect, it } from 'vitest';
import { addUpOwed } from '../../main/members/owed.ts';
import { amount } from '../../preload/contract/index.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-12-01T03:00:00Z');

/** So many hours ago, in whole hours. */
const read = (uid: number, balance: string, hours: number) => ({
  ...{ customerUid: String(uid).padStart(6, '0'), number: '', name: '', categoryName: '', phone: '' },
  ...{ enable: 1, expiryDate: null, point: amount('0'), asOfMs: NOW_MS - hours * HOUR_MS },
  balance: amount(balance),
});

async function owedOf(members: readonly ReturnType<typeof read>[], wholeAtMs: number | null = null) {
  let pauses = 0;
  const after = (uid: string, most: number) =>
    members.filter(({ customerUid }) => customerUid > uid).slice(0, most);
  const pause = async () => {
    pauses += 1;
  };
  const owed = await addUpOwed({ after }, { nowMs: NOW_MS, wholeAtMs, pause });
  return { owed, pauses };
}

it('adds up exactly, by age; a reading of the future is of unknown age', async () => {
  const { owed } = await owedOf([
    read(1, '0.1', 0),
    read(2, '0.2', 23),
    read(3, '5', 24),
    read(4, '7.0001', 24 * 7),
    read(5, '11', 24 * 30),
    read(6, '13', -1),
    read(7, '0', 0),
  ]);
  expect(owed.ages).toEqual([
    { age: 'day', members: 3, balance: '0.3' },
    { age: 'week', members: 1, balance: '5' },
    { age: 'month', members: 1, balance: '7.0001' },
    { age: 'older', members: 2, balance: '24' },
  ]);
  expect(owed.oldestMs).toBe(NOW_MS - 24 * 30 * HOUR_MS);
});

it('no member’s debt is taken off what another has', async () => {
  const { owed } = await owedOf([read(1, '20', 1), read(2, '-5', 1)], 7);
  expect(owed).toMatchObject({
    below: { members: 1, balance: '-5' },
    wholeAtMs: 7,
    ages: [{ members: 1, balance: '20' }, {}, {}, {}],
  });
  expect((await owedOf([])).owed).toMatchObject({ oldestMs: null, wholeAtMs: null });
});

it('a large directory is read in steps, each member once', async () => {
  const { owed, pauses } = await owedOf(Array.from({ length: 1_234 }, (_, at) => read(at, '1', 1)));
  expect(owed.ages[0]).toMatchObject({ members: 1_234, balance: '1234' });
  expect(pauses).toBe(3);
});
