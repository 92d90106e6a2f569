import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { realClock, startPracticeStore } from '../kit/practice-store.ts';
import { openTill } from '../support/electron-app.ts';
import {
  amountField,
  confirmButton,
  find,
  memberCard,
  memberField,
  topUp,
  untilRows,
  untilStrip,
  untilText,
  words,
} from '../support/electron-till.ts';

const dayMs = 86_400_000;

it('warns in words of a clock that is a day off, and goes on working where KYBIO takes it', async () => {
  const clock = { ...realClock, nowMs: () => realClock.nowMs() + dayMs };
  const store = await startPracticeStore({ clock });
  const { page } = await openTill(store);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await page.getByText(words('clock.note', { minutes: '1440' })).waitFor();
});

it('pauses for its clock where KYBIO refuses it, and fails nothing', async () => {
  let offMs = 0;
  const clock = { ...realClock, nowMs: () => realClock.nowMs() + offMs };
  const store = await startPracticeStore({ clock, profile: { timeStampToleranceMs: 600_000 } });
  const { page } = await openTill(store);
  await find(page, meiLing.number);
  await untilText(memberCard(page), 'Tan Mei Ling');
  offMs = dayMs;
  await amountField(page).fill('50');
  await confirmButton(page).click();
  await untilStrip(page, `Paused · ${words('pauses.clock.short')} · 1 waiting`);
  await page.getByText(words('pauses.clock.do')).waitFor();
  expect(store.increments()).toEqual([]);
  offMs = 0;
  await page.getByRole('button', { name: 'Send now' }).click();
  await untilRows(page, 1, 'Done');
  await untilStrip(page, /^Online · all sent$/);
  expect(store.increments()).toHaveLength(1);
  await memberField(page).waitFor();
});
