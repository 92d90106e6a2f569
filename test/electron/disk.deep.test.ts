import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { makeReadOnly, smallDisk } from '../support/electron-disk.ts';
import {
  amountField,
  confirmButton,
  increment,
  memberField,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';

it('stops sending while an outcome cannot be written, and goes on when it can', async () => {
  const store = await startPracticeStore();
  const disk = await smallDisk();
  const { folder } = disk;
  const till = await openTill(store, {}, { folder });
  const { page } = till;
  await takeMember(page, limWei);
  await takeMember(page, meiLing);
  store.addFault({ fault: { kind: 'delay', delayMs: 1_500, when: 'after' }, method: increment, times: 1 });
  await amountField(page).fill('50');
  await confirmButton(page).click();
  await untilIncrements(store, 1);
  const free = await disk.fill(till);
  await untilStrip(page, `Paused · ${words('pauses.disk.short')}`);
  await page.getByText(words('pauses.disk.do')).waitFor();
  await free();
  await untilRows(page, 1, 'Tan Mei Ling', 'Done');
  await topUp(page, limWei, '20');
  await untilRows(page, 2, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(store.increments()).toHaveLength(2);
});

it('opens with words where its data cannot be written to', async () => {
  const store = await startPracticeStore();
  const first = await openTill(store);
  await topUp(first.page, meiLing, '50');
  await untilRows(first.page, 1, 'Done');
  await first.kill();
  await makeReadOnly(first.folder);
  const { page } = await openApp({ folder: first.folder });
  await page.getByText(words('errors.database-read-only')).waitFor();
  expect(await memberField(page).count()).toBe(0);
});
