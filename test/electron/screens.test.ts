import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  chenJia,
  familyPhone,
  gohLiTing,
  limWei,
  meiLing,
  nurAisyah,
  rajanPillai,
} from '../../main/practice/members.ts';
import { openApp, openTill, testFolder } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { look } from '../support/electron-look.ts';
import {
  amountField,
  find,
  givePin,
  increment,
  managerPin,
  memberField,
  openFromMenu,
  pointsField,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';
import { startPracticeStore } from '../support/practice-store.ts';

it('shows first start, set-up and the practice store well', async () => {
  const open = await openApp();
  const { page } = open;
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).waitFor();
  await look(open, 'first-start');
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  await page.getByRole('textbox', { name: 'KYBIO address' }).waitFor();
  await look(open, 'set-up');
  await page.getByRole('button', { name: words('setUp.connect'), exact: true }).click();
  await page.getByText(words('setUp.missing.appKey')).waitFor();
  await look(open, 'set-up-told');
  await page.getByRole('button', { name: words('common.back') }).click();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await look(open, 'practice');
});

it('shows the till empty, filled, with a picker, its menu, what waits and what is checked well', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page } = open;
  await memberField(page).waitFor();
  await look(open, 'till-empty');
  await topUp(page, gohLiTing, '200', '200');
  await untilRows(page, 1, 'Done');
  await topUp(page, chenJia, '20');
  await untilRows(page, 2, 'Done');
  await look(open, 'till-saved');
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
  await takeMember(page, rajanPillai);
  await takeMember(page, nurAisyah);
  await topUp(page, limWei, '1000');
  await untilRows(page, 1, 'Checking');
  await takeMember(page, meiLing);
  await amountField(page).fill('1,250.50');
  await pointsField(page).fill('50');
  await look(open, 'till-filled');
  await find(page, familyPhone);
  await page.getByRole('option').first().waitFor();
  await look(open, 'picker');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F10');
  await page.getByRole('dialog', { name: words('menu.title') }).waitFor();
  await look(open, 'menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Goh Li Ting/ }).click();
  await page.getByRole('dialog').waitFor();
  await look(open, 'entry');
  await page.keyboard.press('Escape');
  await store.setPlug(false);
  await topUp(page, rajanPillai, '30');
  await topUp(page, nurAisyah, '30', '12');
  await untilStrip(page, /Offline/);
  await takeMember(page, rajanPillai);
  await amountField(page).fill('12.345');
  await look(open, 'till-offline');
});

it('shows a pause and a disabled member well', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page } = open;
  await takeMember(page, meiLing);
  await takeMember(page, limWei);
  store.addFault({ fault: { kind: 'portal' } });
  await takeMember(page, meiLing);
  await untilStrip(page, /^Paused/);
  await amountField(page).fill('50');
  await look(open, 'till-paused');
});

it('shows well why a till cannot be opened', async () => {
  const folder = testFolder();
  mkdirSync(join(folder, 'live'));
  writeFileSync(join(folder, 'live', 'counterfoil.db'), 'no database at all'.repeat(500));
  const open = await openApp({ folder });
  await open.page.getByText(words('errors.database-corrupt')).waitFor();
  await look(open, 'broken');
});

it('shows the settings well, and what is wrong in them where it can be seen', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page } = open;
  await openFromMenu(page, 'settings');
  await page.getByRole('button', { name: words('policy.save') }).waitFor();
  await look(open, 'settings');
  await page.getByText(words('policy.singleWriter')).click();
  const wrong = page.getByLabel(words('policy.fields.pointCap'));
  await wrong.fill('many');
  await page.getByLabel(words('policy.fields.quiescenceMs')).fill('20');
  await page.getByRole('button', { name: words('policy.save') }).click();
  await page.getByText(words('policy.wrong_other', { count: '2' })).waitFor();
  // The upper one had gone out of sight: it is shown, and ready to be mended.
  expect(await wrong.evaluate((field) => field === document.activeElement)).toBe(true);
  expect((await wrong.boundingBox())?.y).toBeGreaterThan(0);
  await look(open, 'settings-told');
});

it('shows the check-up well from its start to its end', async () => {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock });
  const open = await openTill(store, { managerPin }, { clock });
  const { page } = open;
  await openFromMenu(page, 'checkUp');
  await page.getByLabel(words('checkUp.member')).waitFor();
  await look(open, 'check-up');
  await page.getByLabel(words('checkUp.member')).fill(nurAisyah.number);
  await page.getByRole('button', { name: words('checkUp.start') }).click();
  await givePin(page, words('checkUp.startConfirm'));
  await page.getByText(words('checkUp.states.running')).first().waitFor();
  // The host answers the first question at once; all of them take it a while.
  await page
    .getByRole('cell', { name: words('checkUp.answers.no'), exact: true })
    .first()
    .waitFor();
  await look(open, 'check-up-running');
  await clock.passUntil(async () => (await page.getByText(words('checkUp.states.done')).count()) > 0);
  await page.getByText(words('checkUp.reversed')).waitFor();
  await look(open, 'check-up-done');
  await page.getByRole('rowheader', { name: words('checkUp.questions.wrong-key') }).scrollIntoViewIfNeeded();
  await look(open, 'check-up-answers');
});
