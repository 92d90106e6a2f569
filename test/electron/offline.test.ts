import { expect, it } from 'vitest';
import { familyPhone, limWei, meiLing } from '../../main/practice/members.ts';
import { realClock, startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
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

it('finds members by number, phone and name without a network, and says how old that is', async () => {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock });
  const first = await openTill(store);
  // Three pages, while the counter has calls to spare.
  await store.waitForCall(
    ({ method }) =>
      method === 'queryCustomerPages' &&
      store.calls().filter((call) => call.method === 'queryCustomerPages').length >= 3,
  );
  await first.page.keyboard.press('F10');
  await untilText(first.page.getByRole('dialog'), /230 members/);
  await first.kill();
  await store.setPlug(false);

  const { page } = await openApp({ folder: first.folder, clock });
  await clock.pass(3 * 3_600_000 + 60_000);
  for (const query of [meiLing.number, meiLing.phone, 'mei ling']) {
    await find(page, query);
    await untilText(memberCard(page), /Tan Mei Ling.*S\$120\.00.*340 points/);
    await untilText(memberCard(page), /3 hours/);
    await page.keyboard.press('Escape');
    await memberCard(page).waitFor({ state: 'detached' });
  }
  await find(page, familyPhone);
  await page.getByRole('option').nth(2).waitFor();
  await page.keyboard.press('Escape');
  await find(page, limWei.number);
  await untilText(memberCard(page), 'Lim Wei');
  const place = await confirmButton(page).boundingBox();
  await amountField(page).fill('20');
  await untilText(confirmButton(page), words('form.savedOffline'));
  expect(await confirmButton(page).boundingBox()).toEqual(place);
  await confirmButton(page).click();
  await untilRows(page, 1, 'Lim Wei', 'Waiting');
  await find(page, limWei.number);
  await untilText(memberCard(page), words('member.waiting', { what: 'S$20.00' }));
});

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
