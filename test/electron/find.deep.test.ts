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
  speak,
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

it('what is found goes into a file, in Chinese, or not at all', async () => {
  speak('zh');
  const open = await openTrading('zh-SG');
  const { page } = open;
  const file = join(testFolder(), 'entries.csv');
  await memberField(page).press('F3');
  await searchField(page).fill(meiLing.name);
  await expect.poll(() => found(page).count()).toBe(2);
  const exportNow = () => page.getByRole('button', { name: words('find.export.open') }).click();
  await saveTo(open, join(testFolder(), 'nowhere', 'entries.csv'));
  await exportNow();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(words('find.export.form.programs'), { exact: true }).click();
  await pressWithPin(dialog, words('find.export.action'));
  await dialog.getByRole('alert').waitFor();
  await saveTo(open, file);
  await pressWithPin(dialog, words('find.export.action'));
  await untilText(page.getByRole('dialog', { name: words('find.export.doneTitle') }), /2/);
  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('\ufeffsequence,')).toBe(true);
  // What they are called, two entries, and what they add up to: what was taken, the net, and all.
  expect(text.trimEnd().split('\r\n')).toHaveLength(6);
  expect(open.complaints).toEqual([]);
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

it('what narrows the look is told in words, combines, and is taken away by a press', async () => {
  const { page, resize, complaints } = await openTrading();
  await resize(1440, 900);
  await memberField(page).press('F3');
  await page.getByRole('textbox', { name: words('find.sum'), exact: true }).fill('20-60');
  await expect.poll(() => found(page).count()).toBe(3);
  await page.getByRole('combobox', { name: words('find.kind') }).selectOption('top-up');
  await expect.poll(() => found(page).count()).toBe(2);
  await page.getByRole('combobox', { name: words('find.state') }).selectOption('takenBack');
  await untilText(summary(page), words('find.nothingHint'));
  const chips = page.getByRole('list', { name: words('find.narrowed') });
  expect(await chips.getByRole('listitem').count()).toBe(3);
  await chips.getByRole('button', { name: /S\$20\.00 to S\$60\.00 paid/ }).click();
  await expect.poll(() => found(page).count()).toBe(1);
  await untilText(found(page), '0004');
  await page.getByRole('textbox', { name: words('find.sum'), exact: true }).fill('twenty');
  await untilText(page.getByRole('region', { name: words('find.filter') }), words('find.sumWrong'));
  expect(complaints).toEqual([]);
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
