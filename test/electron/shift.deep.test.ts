import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { chenJia, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { look } from '../support/electron-look.ts';
import { press } from '../support/electron-people.ts';
import { boss, commit, openDay, openShop, pressOn, sell } from '../support/electron-shift.ts';
import {
  memberField,
  openNotices,
  takeMember,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

// A shift in the real window, from its float to its Z; its figures are the ledger's of the practice store.

const bossPin = (page: Page) =>
  page.getByRole('dialog').getByLabel(words('people.pinOf', { name: boss.name }));

it('a cashier’s shift: float, top-ups, paid out, X, a count that is off, a reason, and the Z', {
  timeout: 240_000,
}, async () => {
  const { page, store, open, complaints } = await openShop();
  await openDay(page);
  const float = page.getByLabel(words('shifts.open.float'), { exact: true });
  await float.fill('a lot');
  await pressOn(page, 'shifts.open.act');
  await page.getByText(words('shifts.sums.wrong', { sample: '12.50' })).waitFor();
  await float.fill('200');
  await pressOn(page, 'shifts.open.act');
  await memberField(page).waitFor();
  await page.getByText(/Shift 1 · since .* · Mei/).waitFor();

  await sell(page, meiLing, '50', 'cash');
  await sell(page, limWei, '20', 'card');
  await untilIncrements(store, 2);
  // A card that was read once is kept.
  await takeMember(page, chenJia);
  await page.keyboard.press('Escape');
  await store.setPlug(false);
  await sell(page, chenJia, '10', 'cash');
  await untilRows(page, 1, chenJia.name, 'Waiting');

  await openDay(page);
  await pressOn(page, 'shifts.moves.paid-out.open');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('shifts.moves.sum')).fill('15');
  await dialog.getByLabel(words('shifts.moves.reason')).fill('Milk');
  await bossPin(page).fill('000000');
  await press(dialog, 'shifts.moves.paid-out.act');
  await dialog.getByText(words('errors.person-pin-wrong')).waitFor();
  await bossPin(page).fill(boss.pin);
  await press(dialog, 'shifts.moves.paid-out.act');
  await dialog.waitFor({ state: 'detached' });

  // The count is blind: of cash nothing is told.
  await page.getByText(words('shifts.blind.what')).waitFor();
  await page.getByText('S$20.00').first().waitFor();
  await expect(page.getByText('S$245.00').count()).resolves.toBe(0);
  await expect(page.getByText('S$60.00').count()).resolves.toBe(0);
  await pressOn(page, 'shifts.open.count');
  await page.getByLabel('S$50.00', { exact: true }).fill('4');
  await page.getByLabel('S$10.00', { exact: true }).fill('two');
  await page.getByText(words('shifts.count.problems.pieces')).waitFor();
  await page.getByLabel('S$10.00', { exact: true }).fill('3');
  await page.getByLabel(words('tenders.card'), { exact: true }).fill('20');
  await page.getByText('S$230.00').waitFor();
  await expect(page.getByText('S$245.00').count()).resolves.toBe(0);
  await look(open, 'shift-count');
  // Fifteen are missing.
  await commit(page);
  await page
    .getByText(words('shifts.short', { sum: 'S$15.00' }))
    .first()
    .waitFor();
  await pressOn(page, 'shifts.outcome.acts.reason');
  await dialog.getByLabel(words('shifts.moves.reason')).fill('Milk was paid twice');
  await bossPin(page).fill(boss.pin);
  await press(dialog, 'shifts.outcome.acts.close');

  const z = page.getByRole('region', { name: words('shifts.ticket.region') });
  await z.getByText(words('shifts.ticket.taken', { sum: 'S$80.00' })).waitFor();
  await z.getByText(words('shifts.short', { sum: 'S$15.00' })).waitFor();
  await page
    .getByRole('table', { name: words('shifts.lists.unsettled') })
    .getByText(chenJia.name)
    .waitFor();
  await page.getByText('Milk was paid twice').waitFor();
  await look(open, 'shift-z');

  await pressOn(page, 'shifts.tabs.closed');
  await page
    .getByRole('table', { name: words('shifts.closed.title') })
    .getByRole('button', { name: /^Shift 1\b/ })
    .click();
  await page.getByRole('region', { name: words('shifts.ticket.region') }).waitFor();
  await page.keyboard.press('Escape');
  // Offline is said first.
  await untilText(await openNotices(page), words('shifts.note.none'));
  expect(complaints).toEqual([]);
});
