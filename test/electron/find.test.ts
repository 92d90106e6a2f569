import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill, testFolder } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { look, picture } from '../support/electron-look.ts';
import {
  givePin,
  managerPin,
  memberCard,
  memberField,
  pressWithPin,
  rows,
  speak,
  takeMember,
  topUp,
  untilIncrements,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const searchField = (page: Page) => page.getByRole('textbox', { name: words('find.text') });
const found = (page: Page) =>
  page
    .getByRole('table', { name: words('find.table') })
    .locator('tbody')
    .getByRole('row');
const summary = (page: Page) => page.getByRole('region', { name: words('find.found') });

/** The next file that the system's dialog is asked for goes here; none, where it is null. */
const saveTo = ({ app }: OpenApp, filePath: string | null) =>
  app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: path === null, filePath: path ?? '' });
  }, filePath);

/** A till that has taken five top-ups, of which a part of one is taken back. */
async function openTrading(language = 'en') {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, language });
  const { page } = open;
  for (const [member, sum] of [
    [meiLing, '50'],
    [limWei, '20'],
    [meiLing, '12.50'],
    [limWei, '100'],
  ] as const)
    await topUp(page, member, sum);
  await untilIncrements(store, 4);
  await untilRows(page, 4, words('states.confirmed'));
  await rows(page, limWei.name, '100').getByRole('button', { name: limWei.name }).click();
  const details = page.getByRole('dialog');
  await details.getByRole('button', { name: words('entry.reverse'), exact: true }).click();
  const reverse = page.getByRole('dialog', { name: words('reverse.title', { reference: '0004' }) });
  await reverse.getByRole('textbox', { name: words('reverse.part') }).fill('30');
  await pressWithPin(reverse, words('reverse.confirm'));
  await reverse.waitFor({ state: 'detached' });
  await untilIncrements(store, 5);
  await untilRows(page, 5, words('states.confirmed'));
  return { ...open, store };
}

it('a manager finds an entry while the member waits, by keyboard alone, and sees what of it was taken back', async () => {
  const open = await openTrading();
  const { page } = open;
  await untilRows(page, 1, words('entry.part.reversedBy', { what: 'S$30.00', reference: '0005' }));
  await memberField(page).press('F3');
  await untilFocus(searchField(page));
  await expect.poll(() => found(page).count()).toBe(5);
  // 182.50 in, 30 of it taken back.
  await untilText(summary(page), /5 entries · S\$182\.50 in · S\$30\.00 taken back/);
  await page.keyboard.type(limWei.name.toLowerCase(), { delay: 80 });
  await expect.poll(() => found(page).count()).toBe(3);
  await untilText(summary(page), /3 entries · S\$120\.00 in · S\$30\.00 taken back/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: /0004/ });
  await untilText(details, words('entry.part.reversed', { what: 'S$30.00', reference: '0005' }));
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
  await look(open, 'find');

  await searchField(page).fill('#0002');
  await expect.poll(() => found(page).count()).toBe(1);
  await untilText(found(page), '0002');
  await page.keyboard.press('F3');
  await untilText(summary(page), words('find.nothingHint'));
  await picture(page, 'find-nothing');
  await page.getByRole('button', { name: words('find.everything') }).click();
  await expect.poll(() => found(page).count()).toBe(5);
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
  await pressWithPin(dialog, words('find.export.action'));
  await dialog.getByRole('alert').waitFor();
  await saveTo(open, file);
  await pressWithPin(dialog, words('find.export.action'));
  await untilText(page.getByRole('dialog', { name: words('find.export.doneTitle') }), /2/);
  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('\ufeffsequence,')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(5);
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
  expect(await page.getByRole('main').innerText()).not.toContain(phone);
  await page.getByRole('button', { name: words('find.member.unmask') }).click();
  await givePin(page, words('find.unmask.action'));
  await untilText(page.getByRole('main'), phone);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  expect(open.complaints).toEqual([]);
});
