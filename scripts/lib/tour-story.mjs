import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './common.mjs';
import { inChinese } from './tour-chinese.mjs';

// What `npm run tour` does in the practice store, and the pictures that it takes of it.

const pictures = join(root, 'docs', 'images');
const usual = { width: 1440, height: 900 };
const pin = '271828';

const meiLing = { number: '8008010001', name: 'Tan Mei Ling' };
const limWei = { number: '8008010002', name: 'Lim Wei' };
const nurAisyah = { number: '8008010003', name: 'Nur Aisyah' };
const rajan = { number: '8008010004', name: 'Rajan Pillai' };
const chenJia = { number: '8008010005', name: 'Chen Jia' };
const sarah = { number: 'VIP-0012', name: 'Sarah Pereira' };

const ledgerFile = (folder) => join(folder, 'practice', 'ledger.jsonl');

const recordsOf = (folder) =>
  readFileSync(ledgerFile(folder), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const appliedIn = (folder) => recordsOf(folder).filter(({ kind }) => kind === 'increment').length;

const rowsWith = (page, word) =>
  page.getByRole('table', { name: 'Activity' }).getByRole('row').filter({ hasText: word });
const untilRows = (page, word, wanted) =>
  rowsWith(page, word)
    .nth(wanted - 1)
    .waitFor();
const untilStrip = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const memberField = (page) => page.getByRole('textbox', { name: 'Member', exact: true });

async function flip(page, name) {
  const control = page.getByRole('switch', { name });
  const before = await control.getAttribute('aria-checked');
  await control.click();
  await page.getByRole('switch', { name, checked: before !== 'true' }).waitFor();
}
const flipPlug = (page) => flip(page, /Network plug/);

const payByCard = (page) =>
  page.getByRole('group', { name: 'Paid by' }).getByRole('button', { name: 'Card', exact: true }).click();

/** Resolves when the form is ready for the next member. */
async function confirm(page) {
  await payByCard(page);
  await page.getByRole('button', { name: /^Confirm/ }).click();
  const field = await memberField(page).elementHandle();
  await page.waitForFunction((element) => element.value === '', field);
}

/** What the screen and the ledger say after a step. */
export async function lookAt({ page, folder }, step) {
  const count = (word) => rowsWith(page, word).count();
  return {
    step,
    'the till says': ((await page.getByRole('status').first().textContent()) ?? '').replace(/\s+/g, ' '),
    waiting: (await count('Waiting')) + (await count('Sending')),
    done: await count('Done'),
    'applied at KYBIO': appliedIn(folder),
  };
}

const resize = ({ app }, size) =>
  app.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0].setContentSize(width, height),
    size,
  );

/** What the handbook shows of them, in Chinese as well. */
const inHandbook = ['till-online', 'till-offline', 'till-refused'];

export async function shoot({ page }, name, schemes = ['light', 'dark']) {
  mkdirSync(join(pictures, 'zh'), { recursive: true });
  await page.mouse.move(0, 0);
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(pictures, `${name}-${scheme}.png`), animations: 'disabled' });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (!inHandbook.includes(name)) return;
  const path = join(pictures, 'zh', `${name}-light.png`);
  await inChinese(page, () => page.screenshot({ path, animations: 'disabled' }));
}

const untilCard = (page, { name }) =>
  page.getByRole('region', { name: 'Member', exact: true }).getByText(name).first().waitFor();

async function typeMember(page, member) {
  await memberField(page).fill(member.number);
  await page.keyboard.press('Enter');
  await untilCard(page, member);
}

async function topUp(page, member, amount, points = '') {
  await typeMember(page, member);
  await page.getByRole('textbox', { name: 'Top-up amount' }).fill(amount);
  if (points) await page.getByRole('textbox', { name: 'Points' }).fill(points);
}

/** A stranger's first top-up: a member is tapped, an amount typed. */
export async function firstMinute(open, note) {
  const { page } = open;
  await resize(open, usual);
  await page.getByRole('button', { name: /^Open the practice store/ }).waitFor();
  await page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(page).waitFor();
  await untilStrip(page, 'Online');
  await shoot(open, 'first-minute');
  await page.getByRole('group', { name: 'Members to try' }).getByRole('button').first().click();
  await untilCard(page, meiLing);
  await page.getByRole('textbox', { name: 'Top-up amount' }).fill('50');
  await page.getByRole('textbox', { name: 'Points' }).fill('50');
  await payByCard(page);
  await shoot(open, 'till-online');
  await confirm(page);
  await untilRows(page, 'Done', 1);
  await note('a top-up of S$50.00 and 50 points');
}

export async function plugOutAndIn(open, note) {
  const { page } = open;
  await flipPlug(page);
  for (const [index, [member, amount, points]] of [
    [limWei, '20', '20'],
    [sarah, '30', ''],
    [chenJia, '100', '100'],
  ].entries()) {
    await topUp(page, member, amount, points);
    if (index === 2) await shoot(open, 'till-offline');
    await confirm(page);
    await untilRows(page, /Waiting|Sending/, index + 1);
  }
  await note('plug out, three more');
  await flipPlug(page);
  await untilRows(page, 'Done', 4);
  await untilStrip(page, 'all sent');
  await note('plug in');
}

export async function lostReply(open, note) {
  const { page } = open;
  await page.getByRole('button', { name: /^Done: saved first/ }).click();
  await flip(page, /Lose the next reply/);
  await topUp(page, rajan, '10');
  await confirm(page);
  await untilRows(page, 'Checking', 1);
  await untilStrip(page, 'Online');
  await note('a reply lost on the way: never sent again');
}

/** A member waits with the plug out, and is disabled at KYBIO before the till is opened again. */
export async function disableMeanwhile(open, reopen, note) {
  await flipPlug(open.page);
  await topUp(open.page, nurAisyah, '25');
  await confirm(open.page);
  await untilRows(open.page, 'Waiting', 1);
  await open.app.close();
  const disabled = {
    ...{ ...nurAisyah, customerUid: '231607639459718466', phone: '90000000', categoryName: 'Silver' },
    ...{ balance: '15.00', point: '30', enable: 0, expiryDate: null },
  };
  appendFileSync(ledgerFile(open.folder), `${JSON.stringify({ kind: 'member', member: disabled })}\n`);
  const again = await reopen();
  await resize(again, usual);
  await untilRows(again.page, 'Refused', 1);
  await note('a member disabled meanwhile: refused, counted until it is acknowledged', again);
  await shoot(again, 'till-refused');
  return again;
}

/** A keypad for touch. */
export async function touchLook(open) {
  const { page } = open;
  await page.evaluate(async (managerPin) => {
    await window.till.managerMakePin({ pin: managerPin, appKey: '' });
    const { value } = await window.till.policyGet({});
    const policy = { ...value.policy, keypad: true };
    const saved = await window.till.policySave({ policy, pin: managerPin });
    if (!saved.ok) throw new Error(saved.error.code);
  }, pin);
  await page.getByRole('group', { name: 'Keypad' }).waitFor();
  await typeMember(page, meiLing);
  for (const key of ['2', '5']) {
    await page.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: key, exact: true }).click();
  }
  await shoot(open, 'keypad', ['light']);
}
