import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import { keysOf, pressKeys, scan, tab } from '../support/electron-scanner.ts';
import { openAdvanced, openSettings, saveChanges } from '../support/electron-settings.ts';
import {
  amountField,
  incrementCalls,
  managerPin,
  memberCard,
  memberField,
  untilText,
  words,
} from '../support/electron-till.ts';

const testBox = (page: Page) => page.getByRole('textbox', { name: words('scanner.test') });
const heard = (page: Page) => page.getByRole('region', { name: words('scanner.heard') });
const setting = (page: Page, name: string) => page.getByLabel(words(`policy.fields.${name}`));

it('says in the test box what the scanner sent, by the values in the form, and looks nothing up', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store);
  await openSettings(page, 'scanner');
  await testBox(page).focus();
  await scan(page, ']C1VIP-0012', { end: tab });
  await untilText(heard(page), words('scanner.isScan'));
  for (const shown of ['VIP-0012', ']C1', '11', '8 ms', words('scanner.ends.tab')]) {
    expect(await heard(page).textContent()).toContain(shown);
  }
  expect(await testBox(page).inputValue()).toBe('');
  // The values in the form count, before they are saved.
  await scan(page, 'CF8008010001', { gapMs: 48 });
  const tooSlow = words('scanner.flaws.too-slow', { meanGapMs: '48', settingMs: '35' });
  await untilText(heard(page), tooSlow);
  await openAdvanced(page);
  await setting(page, 'scanMeanGapMs').fill('50');
  await setting(page, 'scanPrefix').fill('CF');
  await page.getByLabel(words('scanner.ends.tab'), { exact: true }).check();
  await testBox(page).focus();
  await scan(page, 'CF8008010001', { gapMs: 48 });
  await untilText(heard(page), words('scanner.flaws.wrong-end'));
  await scan(page, 'CF8008010001', { gapMs: 48, end: tab });
  await untilText(heard(page), words('scanner.isScan'));
  await pressKeys(page, keysOf('8008'), 8);
  await untilText(heard(page), words('scanner.flaws.no-end'));
  expect(await page.getByRole('dialog').count()).toBe(0);
  // A start asks whether KYBIO answers, of a card that nobody has.
  const isLookUp = ({ method, body }: { method: string; body: string }) =>
    method.startsWith('queryBy') && !body.includes('"customerNum":"0"');
  expect(store.calls().filter(isLookUp)).toEqual([]);
});

it('goes by the settings on the till, once a manager has saved them', async () => {
  const store = await startPracticeStore();
  const { page } = await openTill(store, { managerPin });
  await openSettings(page, 'scanner', true);
  await setting(page, 'scanMeanGapMs').fill('50');
  await setting(page, 'scanPrefix').fill('CF');
  await setting(page, 'scanSuffix').fill('%%');
  await page.getByLabel(words('scanner.ends.tab'), { exact: true }).check();
  await saveChanges(page, 4);
  await page.keyboard.press('Escape');
  await memberField(page).waitFor();
  await amountField(page).focus();
  await scan(page, `CF${meiLing.number}%%`, { gapMs: 48, end: tab });
  await untilText(memberCard(page), meiLing.name);
  expect(await memberField(page).inputValue()).toBe(meiLing.number);
  expect(await amountField(page).inputValue()).toBe('');
  // By the other end it is none, and still no amount.
  await scan(page, '1234');
  await page.getByText(words('errors.scan-unread_wrong-end')).waitFor();
  expect(await amountField(page).inputValue()).toBe('');
  expect(incrementCalls(store)).toEqual([]);
});
