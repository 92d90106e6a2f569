import { it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import { openDay, pressOn, sell } from '../support/electron-shift.ts';
import { openDetails, rows, untilRows, words } from '../support/electron-till.ts';

it('how an entry was paid is asked, told and listed in every size', async () => {
  const open = await openTill(await startPracticeStore(), {
    policy: { tenders: ['cash', 'card', 'qr', 'own:Voucher'], blindCount: false },
  });
  const { page } = open;
  await openDay(page);
  await page.getByLabel(words('shifts.open.float'), { exact: true }).fill('100');
  await pressOn(page, 'shifts.open.act');
  await sell(page, meiLing, '50', 'card');
  await untilRows(page, 1, 'Done');
  await openDetails(rows(page, meiLing.name));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: words('activity.paidOtherwise') }).click();
  await look(open, 'paid-otherwise-none');
  await dialog.getByRole('radio', { name: words('tenders.cash') }).check();
  await dialog.getByLabel(words('form.given')).fill('60');
  await look(open, 'paid-otherwise');
  const now = words('tenders.cash');
  await dialog.getByRole('button', { name: words('paidOtherwise.confirm', { now }) }).click();
  await dialog.getByText(words('paidOtherwise.changed'), { exact: true }).waitFor();
  await look(open, 'paid-otherwise-told');
  await page.keyboard.press('Escape');
  await openDay(page);
  await page.getByRole('region', { name: words('paidOtherwise.list') }).scrollIntoViewIfNeeded();
  await look(open, 'paid-otherwise-listed');
}, 180_000);
