import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { type OpenApp, testFolder } from '../support/electron-app.ts';
import { found, openTrading, searchField, summary } from '../support/electron-find.ts';
import { look, picture } from '../support/electron-look.ts';
import {
  givePin,
  memberCard,
  memberField,
  pressWithPin,
  takeMember,
  untilText,
  words,
} from '../support/electron-till.ts';

/** The next file that the system's dialog is asked for goes here; none, where it is null. */
const saveTo = ({ app }: OpenApp, filePath: string | null) =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
  }, filePath);

it('is well drawn, with what is found and with nothing', async () => {
  const open = await openTrading();
  const { page } = open;
  await memberField(page).press('F3');
  await expect.poll(() => found(page).count()).toBe(5);
  await look(open, 'find');
  await searchField(page).fill('#0002');
  await expect.poll(() => found(page).count()).toBe(1);
  await page.keyboard.press('F3');
  await untilText(summary(page), words('find.nothingHint'));
  await picture(page, 'find-nothing');
});

it('a member’s page has what is open, all entries, and a phone that only a manager unmasks', async () => {
  const open = await openTrading();
  const { page, store } = open;
  await takeMember(page, meiLing);
  await memberCard(page)
    .getByRole('button', { name: words('member.all') })
    .click();
  await page.getByRole('heading', { name: meiLing.name }).waitFor();
  await expect.poll(() => found(page).count()).toBe(2);
  await untilText(page.getByRole('main'), store.member(meiLing.customerUid).balance);
  await look(open, 'find-member');
  const phone = store.member(meiLing.customerUid).phone;
  expect(await page.getByRole('main').textContent()).not.toContain(phone);
  await page.getByRole('button', { name: words('find.member.unmask') }).click();
  await givePin(page, words('find.unmask.action'));
  await untilText(page.getByRole('main'), phone);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  expect(open.complaints).toEqual([]);
});

it('a member is told what is held, and is erased: no screen names them any more', async () => {
  const open = await openTrading();
  const { page } = open;
  const file = join(testFolder(), 'held.csv');
  await memberField(page).press('F3');
  await searchField(page).fill(meiLing.name);
  await expect.poll(() => found(page).count()).toBe(2);
  await found(page).first().getByRole('button').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('entry.ofMember') })
    .click();
  await page.getByRole('heading', { name: meiLing.name }).waitFor();
  await look(open, 'member-data');
  await saveTo(open, file);
  await page.getByRole('button', { name: words('find.held.save.open') }).click();
  await pressWithPin(page.getByRole('dialog'), words('find.export.action'));
  await page.getByRole('dialog', { name: words('find.export.doneTitle') }).waitFor();
  await page.keyboard.press('Escape');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(words('find.held.file.title'));
  expect(text).toContain(meiLing.phone);
  await page.getByRole('button', { name: words('find.held.erase.open') }).click();
  await untilText(page.getByRole('dialog'), words('find.held.stays.elsewhere'));
  // An act that nothing takes back says whose it is.
  await untilText(page.getByRole('dialog').getByRole('heading').first(), meiLing.number);
  await picture(page, 'member-erase');
  await pressWithPin(page.getByRole('dialog'), words('find.held.erase.action'));
  await page.getByRole('dialog', { name: words('find.held.erased.title') }).waitFor();
  await page.keyboard.press('Escape');
  await searchField(page).fill(meiLing.name);
  await untilText(summary(page), words('find.nothingHint'));
  await searchField(page).fill('#0001');
  await untilText(found(page), words('member.erased'));
  await page.keyboard.press('Escape');
  expect(await page.getByText(meiLing.name).count()).toBe(0);
  expect(open.complaints).toEqual([]);
});
