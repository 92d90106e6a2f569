import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { makeRule, pressOn, saveRules } from '../support/electron-day.ts';
import { keepPicture, look } from '../support/electron-look.ts';
import {
  amountField,
  cashField,
  confirmButton,
  managerPin,
  memberCard,
  memberField,
  openFromMenu,
  pay,
  pointsField,
  takeMember,
  untilText,
  wayButton,
  words,
} from '../support/electron-till.ts';
import { keysOutOfReach, tap } from '../support/electron-touch.ts';

// Whatever stands above the form or grows in it: no key of the keypad is covered, and the button stays in view.

const sizes = [
  [800, 560],
  [1024, 768],
  [1366, 768],
] as const;

type Resize = (width: number, height: number) => Promise<unknown>;

/** Looks at each size; what is out of reach is told with what stood there. */
function lookAt(page: Page, resize: Resize, name: string) {
  const found: string[] = [];
  const see = async (what: string) => {
    for (const [width, height] of sizes) {
      await resize(width, height);
      for (const key of await keysOutOfReach(page)) found.push(`${what} ${width}x${height}: ${key}`);
      const bar = await confirmButton(page).boundingBox();
      if (bar === null || bar.y + bar.height > height) found.push(`${what} ${width}x${height}: the button`);
      await keepPicture(page, `geometry-${name} ${what} ${width}x${height}`);
    }
  };
  return { found, see };
}

it('covers no key of the keypad in practice, with its banner and guide', async () => {
  const { page, resize } = await openApp();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await page.getByRole('group', { name: words('form.keypad') }).waitFor();
  const { found, see } = lookAt(page, resize, 'practice');
  await see('empty');
  await takeMember(page, meiLing);
  await amountField(page).fill('35');
  await pay(page, 'cash');
  await see('amount');
  await memberField(page).fill(limWei.number);
  await memberField(page).press('Enter');
  await untilText(memberCard(page), limWei.name);
  await see('carried');
  expect(found).toEqual([]);
}, 180_000);

it('covers no key of the keypad where the shop’s rules add lines and fields', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin, policy: { tenders: ['cash', 'card'] } });
  const { page, resize } = open;
  await makeRule(page, () => look(open, 'rules'));
  await openFromMenu(page, 'rules');
  await pressOn(page, 'rules.addPoints');
  await page.getByLabel(words('rules.name'), { exact: true }).last().fill('A point a dollar');
  await page.getByRole('radio', { name: words('rules.pers.purchase') }).check();
  await page.getByLabel(words('rules.points'), { exact: true }).fill('1');
  await page.getByLabel(words('rules.every'), { exact: true }).fill('1');
  await keepPicture(page, 'geometry-rules screen');
  await saveRules(page);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await tap(page.getByRole('button', { name: words('form.lookUp'), exact: true }));
  await page.getByRole('group', { name: words('form.keypad') }).waitFor();
  const { found, see } = lookAt(page, resize, 'rules');
  await see('empty');
  await takeMember(page, meiLing);
  await pointsField(page).waitFor();
  await amountField(page).fill('50');
  await see('bonus');
  await wayButton(page, 'cash').click();
  await cashField(page).fill('100');
  await see('cash');
  await memberField(page).fill(limWei.number);
  await memberField(page).press('Enter');
  await untilText(memberCard(page), limWei.name);
  await see('carried');
  expect(found).toEqual([]);
}, 180_000);
