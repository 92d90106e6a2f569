import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill, timeoutMs } from '../support/electron-app.ts';
import {
  amountField,
  managerPin,
  takeMember,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';
import { lookForUpdates, openPc, untilReady, updateNow } from '../support/electron-updates.ts';

it('brings the next version, waits for a form, and starts it with what waits kept', async () => {
  const store = await startPracticeStore();
  const pc = await openPc();
  const { folder, env } = pc;
  const { page, untilEnded } = await openTill(store, { managerPin }, { folder, env });
  // Without the network the till knows whom it has read.
  await takeMember(page, meiLing);
  await store.setPlug(false);
  await topUp(page, meiLing, '10');
  await lookForUpdates(page);
  await untilReady(page);
  await takeMember(page, meiLing);
  await amountField(page).fill('25');
  const dialog = await updateNow(page);
  await untilText(dialog, words('errors.update-not-now_form'));
  expect(pc.isOld()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await expect.poll(() => amountField(page).inputValue()).toBe('25');
  await page.keyboard.press('Escape');
  await updateNow(page);
  await untilEnded();
  await expect.poll(() => existsSync(pc.started), { timeout: timeoutMs }).toBe(true);
  expect(readFileSync(pc.image).equals(pc.next)).toBe(true);
  // As the new program would: the same folder, and the entry goes.
  await store.setPlug(true);
  const again = await openApp({ folder });
  await untilRows(again.page, 1, meiLing.name);
  await expect.poll(() => store.increments().length, { timeout: timeoutMs }).toBe(1);
});
