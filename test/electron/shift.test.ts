import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { commit, openDay, pressOn, sell } from '../support/electron-shift.ts';
import { memberField, untilIncrements, untilRows, words } from '../support/electron-till.ts';

// With people, money paid in and a count: `day-keys.deep`; the proof of each cent: `test/days`.

it('a shift is opened with a float, counted, and closed to its Z', async () => {
  const store = await startPracticeStore();
  const { page, complaints } = await openTill(store, { policy: { tenders: ['cash'] } });
  await openDay(page);
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill('100');
  await pressOn(page, 'shifts.open.act');
  await memberField(page).waitFor();
  await sell(page, meiLing, '50', 'cash');
  await untilIncrements(store, 1);
  await untilRows(page, 1, 'Done');
  await openDay(page);
  await page.getByText(words('shifts.blind.what')).waitFor();
  expect(await page.getByText('S$150.00').count()).toBe(0);
  await pressOn(page, 'shifts.open.count');
  await page.getByLabel('S$50.00', { exact: true }).fill('3');
  await commit(page);
  await page.getByText(words('shifts.matches')).first().waitFor();
  await pressOn(page, 'shifts.outcome.acts.close');
  const z = page.getByRole('region', { name: words('shifts.ticket.region') });
  await z.getByText(words('shifts.ticket.taken', { sum: 'S$50.00' })).waitFor();
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['50']);
  expect(complaints).toEqual([]);
});
