import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createBusinessDays } from '../../main/day/shifts/business-day.ts';
import { chenJia, limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { addDays, storeDay } from '../../main/kernel/store-time.ts';
import { dateFormat } from '../../preload/contract/index.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { storeTimeZone } from '../kit/store-time-zone.ts';
import { openTill, timeoutMs } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { openSettings, saveChanges } from '../support/electron-settings.ts';
import {
  asTyped,
  dayField,
  incrementsOf,
  managerPin,
  openFromMenu,
  topUp,
  untilRows,
  untilText,
  words,
} from '../support/electron-till.ts';

const HOUR_MS = 3_600_000;

/** As the head of the list names a day. */
const dayWords = (day: string): string =>
  dateFormat('en', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );

async function untilDone(page: Page, entries: number, sum: string): Promise<void> {
  const tile = page
    .getByRole('region', { name: words('today.region') })
    .locator(':scope > *')
    .first();
  await expect
    .poll(() => tile.textContent(), { timeout: timeoutMs })
    .toBe(`${words('today.done')}${entries}${sum}`);
}

const untilDay = (page: Page, day: string): Promise<void> =>
  untilText(page.getByRole('region', { name: words('activity.today') }), dayWords(day));

it('a bar’s evening is today until three at night, and KYBIO’s day is another one by then', async () => {
  const clock = createPassingClock();
  const store = await startPracticeStore({ clock, storeTimeZone });
  const policy = { businessDayEndsAtMinute: 180, repeatWithinMs: 0 };
  const { page, complaints } = await openTill(store, { managerPin, policy }, { clock });
  const { of, beginsAt } = createBusinessDays(storeTimeZone, () => 180);
  const [evening, morning] = [1, 2].map((by) => addDays(of(clock.nowMs()), by)) as [string, string];
  const turnMs = beginsAt(morning);
  const passTo = (atMs: number) => clock.pass(atMs - clock.nowMs());

  await passTo(turnMs - 5 * HOUR_MS);
  await untilDay(page, evening);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, meiLing.name, 'Done');
  await untilDone(page, 1, 'S$50.00');

  await passTo(turnMs - HOUR_MS);
  expect(storeDay(clock.nowMs(), storeTimeZone)).toBe(morning);
  await topUp(page, limWei, '20');
  await untilRows(page, 1, limWei.name, 'Done');
  await untilRows(page, 2, 'Done');
  await untilDone(page, 2, 'S$70.00');
  await untilDay(page, evening);
  // KYBIO's log has a day of its own.
  await openFromMenu(page, 'match');
  await page.getByRole('button', { name: words('matching.today'), exact: true }).click();
  await untilText(dayField(page, 'matching.day'), asTyped(morning));
  await page.keyboard.press('Escape');

  await passTo(turnMs - 40_000);
  await untilDone(page, 2, 'S$70.00');
  await untilDay(page, evening);
  // Within a minute nobody has to touch anything.
  await clock.pass(100_000);
  await untilDay(page, morning);
  await untilDone(page, 0, 'S$0.00');
  await untilRows(page, 0, 'Done');
  await topUp(page, chenJia, '5');
  await untilRows(page, 1, chenJia.name, 'Done');
  await untilDone(page, 1, 'S$5.00');

  // Another end of the day is another day at once.
  await openSettings(page, 'day');
  await page.getByLabel(words('policy.fields.businessDayEndsAtMinute')).fill('00:00');
  await saveChanges(page);
  await page.keyboard.press('Escape');
  await untilDone(page, 2, 'S$25.00');
  await untilRows(page, 2, 'Done');
  await untilRows(page, 0, meiLing.name);
  await untilDay(page, morning);
  const sent = [meiLing, limWei, chenJia].flatMap((member) => incrementsOf(store, member));
  expect(sent.map(({ balanceIncrement }) => balanceIncrement)).toEqual(['50', '20', '5']);
  expect(complaints).toEqual([]);
});
