import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing, nurAisyah, rajanPillai } from '../../main/practice/members.ts';
import { openApp, patienceMs } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  memberCard,
  memberField,
  pay,
  takeMember,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

/** The practice store's own ledger, in its file: what it applied, whatever the till believes. */
const applied = (folder: string): readonly { customerUid: string; balanceIncrement: string }[] =>
  readFileSync(join(folder, 'practice', 'ledger.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind: string; customerUid: string; balanceIncrement: string })
    .filter(({ kind }) => kind === 'increment');

async function flip(page: Page, name: string): Promise<void> {
  const control = page.getByRole('switch', { name });
  const before = await control.getAttribute('aria-checked');
  await control.click();
  await expect.poll(() => control.getAttribute('aria-checked')).not.toBe(before);
}

it('practises on first start: the plug out, three more, the plug in, a reply lost', async () => {
  const { page, folder, kill } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await page.getByText(words('practice.banner')).waitFor();
  await topUp(page, meiLing, '50', '50');
  await untilRows(page, 1, 'Done', 'S$120.00 → S$170.00');

  await flip(page, 'Network plug');
  for (const [index, member] of [limWei, nurAisyah, meiLing].entries()) {
    await topUp(page, { ...member }, String(10 * (index + 1)));
  }
  await untilRows(page, 3, 'Waiting');
  await untilStrip(page, /^Offline · 3 waiting$/);
  expect(applied(folder)).toHaveLength(1);
  await flip(page, 'Network plug');
  await untilRows(page, 4, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(applied(folder)).toHaveLength(4);

  await flip(page, 'Lose the next reply');
  await topUp(page, rajanPillai, '40');
  await untilRows(page, 1, 'Rajan Pillai', 'Checking');
  // The switch goes back by itself, and the till never sends it again.
  await expect
    .poll(() => page.getByRole('switch', { name: 'Lose the next reply' }).getAttribute('aria-checked'))
    .toBe('false');
  await untilStrip(page, /^Online · 1 checking$/);
  expect(applied(folder)).toHaveLength(5);
  await kill();

  // The practice store and its till outlive a kill.
  const again = await openApp({ folder });
  await untilRows(again.page, 4, 'Done');
  await untilRows(again.page, 1, 'Checking');
  await topUp(again.page, limWei, '5');
  await untilRows(again.page, 5, 'Done');
  expect(applied(folder)).toHaveLength(6);
});

it('is left by the menu, and the first start offers both again', async () => {
  const { page } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await page.keyboard.press('F10');
  await page.getByRole('button', { name: words('menu.leavePractice') }).click();
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).waitFor();
  await page.getByRole('button', { name: /^Open the practice store/ }).waitFor();
  expect(await page.getByText(words('practice.banner')).count()).toBe(0);
});

const guide = (page: Page) => page.getByRole('region', { name: words('guide.title') });

/** The step that is to be done now, from 1. */
const step = async (page: Page): Promise<number> => {
  const steps = await guide(page).getByRole('listitem').all();
  const current = await Promise.all(steps.map((one) => one.getAttribute('aria-current')));
  return current.indexOf('step') + 1;
};

const untilStep = (page: Page, number: number) =>
  expect.poll(() => step(page), { timeout: patienceMs }).toBe(number);

async function tapMember(page: Page, name: string): Promise<void> {
  await page
    .getByRole('group', { name: words('practice.samples') })
    .getByRole('button', { name })
    .click();
  await untilText(memberCard(page), name);
}

it('takes a stranger through the first minute by tapping alone', async () => {
  const { page, folder } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await untilStep(page, 1);
  await tapMember(page, meiLing.name);
  await untilStep(page, 2);
  const quick = page.getByRole('group', { name: words('form.quick') });
  await quick.getByText('20', { exact: true }).click();
  await pay(page);
  await confirmButton(page).click();
  await untilStep(page, 3);
  await untilRows(page, 1, 'Done');
  const form = await page.getByRole('region', { name: words('form.region') }).boundingBox();

  await flip(page, 'Network plug');
  await tapMember(page, limWei.name);
  await quick.getByText('10', { exact: true }).click();
  await pay(page);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Waiting');
  await untilStep(page, 4);
  await flip(page, 'Network plug');
  await untilRows(page, 2, 'Done');
  await guide(page)
    .getByRole('heading', { name: words('guide.finished') })
    .waitFor();
  expect(applied(folder)).toHaveLength(2);

  // Whatever the guide does, the form stays where it is.
  await guide(page)
    .getByRole('button', { name: words('guide.putAway') })
    .click();
  await guide(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('region', { name: words('form.region') }).boundingBox()).toEqual(form);
  await expect.poll(() => memberField(page).evaluate((field) => field === document.activeElement)).toBe(true);
});

it('brings the guide back from the menu, for who has been here before too', async () => {
  const { page, kill, folder } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await guide(page).waitFor();
  await topUp(page, limWei, '5');
  await untilRows(page, 1, 'Done');
  await kill();
  const again = await openApp({ folder });
  await untilRows(again.page, 1, 'Done');
  expect(await guide(again.page).count()).toBe(0);
  await again.page.keyboard.press('F10');
  await again.page.getByRole('button', { name: words('menu.showGuide') }).click();
  await untilStep(again.page, 1);
  await topUp(again.page, meiLing, '5');
  await untilStep(again.page, 3);
});

it('has the form and its button in view in the smallest window at 200 %', async () => {
  const { app, page, resize } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await resize(800, 560);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
  await page.waitForFunction(() => innerWidth === 400);
  await takeMember(page, limWei);
  await page.keyboard.type('33');
  await pay(page);
  await amountField(page).focus();
  await untilText(confirmButton(page), 'S$33.00');
  for (const wanted of [amountField(page), confirmButton(page)]) {
    const isOnTop = () =>
      wanted.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      });
    await expect.poll(isOnTop).toBe(true);
  }
});
