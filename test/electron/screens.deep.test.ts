import { expect, it } from 'vitest';
import {
  chenJia,
  disabledMember,
  familyPhone,
  gohLiTing,
  limWei,
  meiLing,
  rajanPillai,
} from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { look } from '../support/electron-look.ts';
import {
  amountField,
  confirmButton,
  find,
  memberCard,
  memberField,
  openDetails,
  pointsField,
  rows,
  takeMember,
  ticket,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';
import { openWithTrouble } from '../support/electron-trouble.ts';

/** Each is looked at in every size and both schemes. */
const wholeMs = 300_000;

it(
  'shows first start, set-up and the practice store well',
  async () => {
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
  },
  wholeMs,
);

it(
  'shows the till empty, filled and saved, and what lies over it, well',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store);
    const { page } = open;
    await memberField(page).waitFor();
    await look(open, 'till-empty');
    await topUp(page, gohLiTing, '200', '200');
    await topUp(page, chenJia, '20');
    await untilRows(page, 2, 'Done');
    await look(open, 'till-saved');
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
    await openDetails(rows(page, gohLiTing.name));
    await page.getByRole('dialog').waitFor();
    await look(open, 'entry');
  },
  wholeMs,
);

it(
  'shows what is reversed, refused, being checked and waiting well, and calls none of it Saved and Done',
  async () => {
    const open = await openWithTrouble();
    const { page } = open;
    await untilText(ticket(page), 'Refused');
    await untilText(ticket(page), words('ticket.notCredited', { sum: '+\u00a0S$10.00' }));
    expect(await ticket(page).getByText('Saved', { exact: true }).count()).toBe(0);
    await look(open, 'till-refused');
    await takeMember(page, meiLing);
    await topUp(page, limWei, '1000');
    await untilRows(page, 1, 'Checking');
    await untilText(ticket(page), 'Checking');
    expect(await ticket(page).getByText('Saved', { exact: true }).count()).toBe(0);
    await takeMember(page, limWei);
    await untilText(memberCard(page), /is being checked\. Do not enter it again\./);
    expect(await memberCard(page).getByText(words('member.noneWaiting')).count()).toBe(0);
    await amountField(page).fill('20');
    await look(open, 'till-checking');
    await page.getByRole('button', { name: words('member.see'), exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await look(open, 'entry-checking');
    await page.keyboard.press('Escape');
    await openDetails(rows(page, 'Goh Li Ting', 'Reversed'));
    await page
      .getByRole('dialog')
      .getByText(/does not have it any more/)
      .waitFor();
    await look(open, 'entry-reversed');
  },
  wholeMs,
);

it(
  'shows what waits, a pause and a disabled member well',
  async () => {
    const store = await startPracticeStore();
    const open = await openTill(store);
    const { page } = open;
    await takeMember(page, meiLing);
    await takeMember(page, rajanPillai);
    await takeMember(page, disabledMember);
    await look(open, 'till-disabled');
    await store.setPlug(false);
    await topUp(page, rajanPillai, '30');
    await topUp(page, rajanPillai, '31', '12');
    await untilStrip(page, /Offline/);
    await untilRows(page, 2, words('delay.offline'));
    await takeMember(page, rajanPillai);
    await amountField(page).fill('12.345');
    await look(open, 'till-offline');
    await store.setPlug(true);
    store.addFault({ fault: { kind: 'portal' } });
    await untilStrip(page, /^Paused/);
    await look(open, 'till-paused');
  },
  wholeMs,
);

it(
  'fills the form anew with what was refused, and confirms nothing',
  async () => {
    const { page } = await openWithTrouble();
    await page.keyboard.press('Escape');
    await page
      .getByRole('region', { name: words('form.region') })
      .getByRole('button', { name: words('entry.again'), exact: true })
      .click();
    await untilText(memberCard(page), 'Nur Aisyah');
    await expect.poll(() => amountField(page).inputValue()).toBe('10.00');
    await untilText(confirmButton(page), /Top up S\$10\.00 for Nur Aisyah/);
    expect(await rows(page).count()).toBe(3);
  },
  wholeMs,
);

it('moves nothing under the finger, from one member to the ticket and to the next', async () => {
  const { page } = await openTill(await startPracticeStore());
  const places = () =>
    Promise.all([memberField(page), amountField(page), confirmButton(page)].map((one) => one.boundingBox()));
  await memberField(page).waitFor();
  const before = await places();
  await takeMember(page, meiLing);
  expect(await places()).toEqual(before);
  await amountField(page).fill('50');
  await untilText(confirmButton(page), /Tan Mei Ling/);
  expect(await places()).toEqual(before);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Done');
  expect(await places()).toEqual(before);
  await takeMember(page, disabledMember);
  expect(await places()).toEqual(before);
});
