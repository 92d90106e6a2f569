import { expect, it } from 'vitest';
import { disabledMember, gohLiTing, meiLing, nurAisyah, rajanPillai } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  givePin,
  increment,
  managerPin,
  memberCard,
  memberField,
  rows,
  takeMember,
  ticket,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

/** Each is looked at in every size and both schemes. */
const wholeMs = 300_000;

/** One entry each that is reversed, refused and being checked. */
async function openWithTrouble(): Promise<OpenApp> {
  const store = await startPracticeStore();
  const open = await openTill(store, { managerPin });
  const { page } = open;
  await topUp(page, gohLiTing, '200', '200');
  await untilRows(page, 1, 'Done');
  await page.getByRole('button', { name: /Goh Li Ting/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('entry.reverse') })
    .click();
  await givePin(page, words('reverse.confirm'));
  await untilRows(page, 1, 'Reversed');
  // The fault below is for the next increment, not for the one that takes this back.
  await expect.poll(() => store.increments().length).toBe(2);
  const messages = ['Customer is disabled'];
  store.addFault({ fault: { kind: 'error', messages, when: 'before' }, method: increment, times: 1 });
  await topUp(page, nurAisyah, '10');
  await untilRows(page, 1, 'Refused');
  await takeMember(page, rajanPillai);
  store.addFault({ fault: { kind: 'drop', when: 'after' }, method: increment, times: 1 });
  return open;
}

it(
  'leads from the strip to what was refused, until somebody has seen it',
  async () => {
    const { page } = await openWithTrouble();
    await untilStrip(page, '1 refused');
    await page.getByRole('status').getByRole('button', { name: '1 refused' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(words('entry.means.rejected')).waitFor();
    await dialog.getByRole('button', { name: words('entry.seen'), exact: true }).click();
    await untilStrip(page, /^Online · all sent$/);
    await untilRows(page, 1, 'Refused');
  },
  wholeMs,
);

it(
  'fills the form anew with what was refused, and confirms nothing',
  async () => {
    const { page } = await openWithTrouble();
    await ticket(page)
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
