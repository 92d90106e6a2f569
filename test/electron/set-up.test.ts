import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { filesIn, openApp, provisioningFile } from '../support/electron-app.ts';
import { untilFocus } from '../support/electron-focus.ts';
import { connect, fillIn, rightFields } from '../support/electron-set-up.ts';
import {
  givePin,
  memberField,
  openFromMenu,
  rows,
  topUp,
  untilRows,
  untilStrip,
  words,
} from '../support/electron-till.ts';

/** A web server that is no KYBIO. */
async function someOtherServer(): Promise<string> {
  const server = createServer((_, response) => response.end('<html>hello</html>'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('is set up by hand, and says what is wrong until it is right', async () => {
  const store = await startPracticeStore();
  const first = await openApp();
  const { page } = first;
  await page.getByRole('button', { name: /^Open the practice store/ }).waitFor();
  await page.getByRole('button', { name: /^Connect to KYBIO/ }).click();
  await connect(page);
  for (const field of ['host', 'appId', 'appKey', 'tillName', 'managerPin', 'managerPinAgain']) {
    await page.getByText(words(`setUp.missing.${field}`)).waitFor();
  }
  await fillIn(page, rightFields(store));

  const elsewhere = await someOtherServer();
  for (const [host, problem] of [
    ['http://area1.kybio.example/pospal-api2', 'host-insecure'],
    ['not a host', 'host-invalid'],
    ['http://127.0.0.1:9', 'host-unreachable'],
    ['https://kybio.invalid', 'host-not-found'],
    [elsewhere, 'captive-portal'],
  ] as const) {
    await fillIn(page, { 'KYBIO address': host });
    await connect(page);
    await page.getByText(words(`errors.${problem}`)).waitFor();
  }
  expect(store.calls()).toEqual([]);

  await fillIn(page, { ...rightFields(store), 'App key': 'not the key' });
  await connect(page);
  await page.getByText(words('errors.key-refused')).waitFor();
  await fillIn(page, { 'App key': ` ${store.appKey} `, 'Store time zone': 'Mars/Olympus' });
  await connect(page);
  await page.getByText(words('setUp.unknownTimeZone')).waitFor();
  await fillIn(page, { 'Store time zone': storeTimeZone, Currency: 'QQQ' });
  await connect(page);
  await page.getByText(words('setUp.unknownCurrency')).waitFor();
  await fillIn(page, { Currency: 'sgd', [words('setUp.tillNumber')]: '4' });
  await connect(page);
  await page.getByText(words('setUp.wrongNumber')).waitFor();
  await fillIn(page, { [words('setUp.tillNumber')]: '2' });
  await page.getByRole('button', { name: words('setUp.test') }).click();
  await page.getByText(words('setUp.tested')).waitFor();
  await fillIn(page, { [words('setUp.managerPinAgain')]: '271829' });
  await connect(page);
  await page.getByText(words('manager.differ')).waitFor();
  await fillIn(page, { [words('setUp.managerPin')]: '1111', [words('setUp.managerPinAgain')]: '1111' });
  await connect(page);
  await page.getByText(words('errors.manager-pin-weak')).waitFor();
  await expect.poll(() => page.getByLabel(words('setUp.managerPin'), { exact: true }).inputValue()).toBe('');
  await fillIn(page, rightFields(store));
  await connect(page);

  // The recovery code is shown this once: only who says that it is written down goes on.
  const code = page.getByRole('dialog', { name: words('manager.codeTitle') });
  await untilFocus(code.getByRole('button', { name: words('manager.codeDone') }));
  await page.keyboard.press('Escape');
  await code
    .getByText(/^\S{4,}/)
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await code.waitFor({ state: 'detached' });
  await walkFirstDay(page);
  await untilFocus(memberField(page));
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done', 'S$50.00');
  await first.kill();
  const second = await openApp({ folder: first.folder });
  await untilRows(second.page, 1, 'Done', 'S$50.00');
  await rows(second.page, 'Done')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  await givePin(second.page, words('reverse.confirm'));
  await untilRows(second.page, 1, words('states.reversed'));
  const name = second.page.getByTitle('Till 2 of 3', { exact: true });
  await expect.poll(() => name.textContent()).toBe('Front');
  await openFromMenu(second.page, 'kybio');
  await second.page.getByText('2 of 3', { exact: true }).waitFor();
  await second.page.getByRole('button', { name: words('account.tillNumber') }).click();
  await second.page.getByLabel(words('setUp.tillNumber'), { exact: true }).fill('3');
  await givePin(second.page, words('tillNumber.confirm'));
  await second.page.keyboard.press('Escape');
  await second.page.getByTitle('Till 3 of 3', { exact: true }).waitFor();
  // What is left of the first day waits in the desk, over a start as well.
  await openFromMenu(second.page, 'people');
  await press(second.page, 'firstDay.title');
  await second.page.getByRole('heading', { name: words('firstDay.title') }).waitFor();
  await second.page.getByText(words('firstDay.count', { done: '2', of: '5' })).waitFor();
  for (const step of ['printer', 'rules', 'shift']) await press(second.page, `firstDay.${step}.skip`);
  await second.page.getByText(words('firstDay.count', { done: '5', of: '5' })).waitFor();
  await press(second.page, 'firstDay.toTill');
  await openFromMenu(second.page, 'people');
  await second.page.getByRole('heading', { name: words('people.title') }).waitFor();
  expect(await second.page.getByRole('button', { name: words('firstDay.title') }).count()).toBe(0);
  await second.kill();
  expectNowhere(first.folder, store.appKey);
});

const press = (page: Page, key: string) => page.getByRole('button', { name: words(key) }).click();

/** With keys alone: two steps as they are, a look at a page and back, and to the till past the rest. */
async function walkFirstDay(page: Page): Promise<void> {
  await page.getByRole('heading', { name: words('firstDay.connected') }).waitFor();
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true });
  await untilFocus(button('firstDay.people.act'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await untilFocus(button('firstDay.pay.act').first());
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await untilFocus(button('firstDay.printer.act'));
  await button('firstDay.rules.act').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: words('rules.title'), exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(words('firstDay.count', { done: '2', of: '5' })).waitFor();
  await button('firstDay.toTill').focus();
  await page.keyboard.press('Enter');
}

/** The secret is in no file of the folder, in no encoding that a search would find. */
function expectNowhere(folder: string, secret: string): void {
  const bytes = Buffer.from(secret, 'utf8');
  const forms = [
    bytes,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(bytes.toString('base64')),
    Buffer.from(bytes.toString('hex')),
  ];
  let files = 0;
  for (const file of filesIn(folder)) {
    files += 1;
    for (const form of forms) expect(file.bytes.includes(form), file.path).toBe(false);
  }
  expect(files).toBeGreaterThan(3);
}

it('imports a provisioning file, wipes key and PIN from it, and keeps the key out of every file', async () => {
  const store = await startPracticeStore();
  const file = provisioningFile(store, { managerPin: '271828', tillName: 'Counter 7' });
  const sizeBefore = statSync(file).size;
  const { page, folder, kill } = await openApp({ args: [`--provision=${file}`] });
  await memberField(page).waitFor();
  await page.getByText('Counter 7').first().waitFor();
  // The window is there before the PIN of the file is made.
  await expect.poll(() => readFileSync(file, 'utf8')).not.toContain(store.appKey);
  const left = readFileSync(file, 'utf8');
  expect(left).not.toContain(store.appKey);
  expect(left).not.toContain('271828');
  expect(statSync(file).size).toBeLessThan(sizeBefore + 100);
  expect(JSON.parse(left)).toMatchObject({
    host: store.baseUrl,
    tillName: 'Counter 7',
    imported: expect.any(String),
  });

  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await openFromMenu(page, 'safety');
  await page.getByText(words('backups.happened')).waitFor();
  expect(await page.getByText(words('desk.makePin')).count()).toBe(0);
  await kill();
  expectNowhere(folder, store.appKey);

  // The same command line again, as a shortcut would have it: nothing is imported twice.
  const again = await openApp({ folder, args: [`--provision=${file}`] });
  await untilRows(again.page, 1, 'Done');
  await untilStrip(again.page, /all sent/);
});
