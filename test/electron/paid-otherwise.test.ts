import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { focusName, untilFocus } from '../support/electron-focus.ts';
import { commit, openDay, pressOn, sell } from '../support/electron-shift.ts';
import { memberField, rows, untilIncrements, untilRows, words } from '../support/electron-till.ts';
import { tap } from '../support/electron-touch.ts';

const policy = { tenders: ['cash', 'card', 'qr'] };

/** As many as no dialog and no day of this test has. */
const MOST_TABS = 40;

/** There by Tab alone. */
async function tabTo(to: Locator): Promise<void> {
  const page = to.page();
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    if (await to.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  expect.fail(`no Tab leads to ${to}, but to ${await focusName(page)}`);
}

const fromTo = (was: string, now: string) => `${words(`tenders.${was}`)} → ${words(`tenders.${now}`)}`;

it('a cashier says by keys, and by touch, that a member paid otherwise, and the Z names it', async () => {
  const store = await startPracticeStore();
  const { page, complaints, resize } = await openTill(store, { policy });
  await openDay(page);
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill('100');
  await pressOn(page, 'shifts.open.act');
  await sell(page, meiLing, '50', 'cash');
  await sell(page, limWei, '35', 'card');
  await untilIncrements(store, 2);
  await untilRows(page, 2, 'Done');

  // Keys: from the member field to the row, its details, the way, and the sentence that is confirmed.
  await untilFocus(memberField(page));
  await tabTo(rows(page, meiLing.name).getByRole('button', { name: meiLing.name }));
  await page.keyboard.press('Enter');
  await tabTo(rows(page, meiLing.name).getByRole('button', { name: words('activity.details') }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('entry.facts.tender')).waitFor();
  await tabTo(dialog.getByRole('button', { name: words('activity.paidOtherwise') }));
  await page.keyboard.press('Enter');
  await dialog.getByRole('radio', { name: words('tenders.card') }).waitFor();
  expect(await dialog.getByRole('radio', { name: words('tenders.cash') }).count()).toBe(0);
  await tabTo(dialog.getByRole('radio', { name: words('tenders.card') }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await dialog.getByText(fromTo('cash', 'card')).waitFor();
  for (const said of [meiLing.name, 'S$50.00']) await dialog.getByText(said, { exact: true }).waitFor();
  const confirmed = (now: string) =>
    dialog.getByRole('button', { name: words('paidOtherwise.confirm', { now: words(`tenders.${now}`) }) });
  await confirmed('card').waitFor();
  await page.keyboard.press('Enter');
  // What was done is told where it was asked for.
  await dialog.getByText(words('paidOtherwise.changed'), { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  // Touch, on a counter without a keyboard.
  await resize(1024, 768);
  await tap(rows(page, limWei.name).getByRole('button', { name: limWei.name }));
  await tap(rows(page, limWei.name).getByRole('button', { name: words('activity.details') }));
  await tap(dialog.getByRole('button', { name: words('activity.paidOtherwise') }));
  await tap(dialog.getByText(words('tenders.cash'), { exact: true }));
  await dialog.getByText(fromTo('card', 'cash')).waitFor();
  await tap(dialog.getByRole('button', { name: 'S$50.00', exact: true }));
  await dialog.getByText('S$15.00', { exact: true }).waitFor();
  await tap(confirmed('cash'));
  await dialog.getByText(words('paidOtherwise.changed'), { exact: true }).waitFor();
  await page.keyboard.press('Escape');

  // The drawer has what was paid in cash and no more, and the Z says why.
  await openDay(page);
  const changed = page.getByRole('region', { name: words('paidOtherwise.list') });
  await changed.getByText(words('paidOtherwise.afterCount_other', { count: '2' })).waitFor();
  expect(await changed.getByText('S$50.00').count()).toBe(0);
  await pressOn(page, 'shifts.open.count');
  await page.getByLabel('S$5.00', { exact: true }).fill('27');
  await commit(page);
  await page.getByText(words('shifts.matches')).first().waitFor();
  await pressOn(page, 'shifts.outcome.acts.close');
  await changed.getByText(fromTo('cash', 'card')).waitFor();
  await changed.getByText(fromTo('card', 'cash')).waitFor();
  expect(store.increments().map(({ balanceIncrement }) => balanceIncrement)).toEqual(['50', '35']);
  expect(complaints).toEqual([]);
});
