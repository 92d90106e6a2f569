import { expect, it } from 'vitest';
import { disabledMember, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  memberCard,
  memberField,
  rows,
  takeMember,
  ticket,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';
import { openWithTrouble } from '../support/electron-trouble.ts';

/** Each is looked at in every size and both schemes. */
const wholeMs = 300_000;

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
