import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openApp, openTill } from '../support/electron-app.ts';
import { createPassingClock } from '../support/electron-clock.ts';
import { openOutage, panel, plug, press, start, untilTold } from '../support/electron-drill.ts';
import { look } from '../support/electron-look.ts';
import { openCase } from '../support/electron-review.ts';
import { managerPin, memberField, speak, topUp, untilRows, words } from '../support/electron-till.ts';

const wholeMs = 180_000;

/** A PIN where there is none yet: the practice store has nothing to guard, so whoever comes first makes it. */
async function makePin(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words('manager.pin'), { exact: true }).fill(managerPin);
  await dialog.getByLabel(words('manager.repeat')).fill(managerPin);
  await dialog.getByRole('button', { name: words('manager.make'), exact: true }).click();
  await dialog.getByRole('button', { name: words('manager.codeDone'), exact: true }).click();
}

it(
  'is played from the plug to a passed end, with every cent accounted for',
  async () => {
    const clock = createPassingClock();
    const open = await openApp({ clock });
    const { page, complaints } = open;
    await openOutage(page);
    await topUp(page, limWei, '20');
    await untilTold(page, 'drill.now.plug');
    await plug(page);
    await untilRows(page, 1, limWei.name, 'Checking');
    await untilRows(page, 1, meiLing.name, 'Done');
    await untilTold(page, 'drill.now.checking');
    await look(open, 'drill-checking');

    await clock.passUntil(
      async () =>
        (await panel(page)
          .getByRole('button', { name: words('drill.openReview') })
          .count()) > 0,
    );
    await untilTold(page, 'drill.now.review');
    await press(page, 'drill.openReview');
    await untilTold(page, 'drill.now.review');
    await look(open, 'drill-review');
    const article = await openCase(page, limWei, 'S$20.00');
    await article.getByRole('button', { name: words('review.answers.arrived'), exact: true }).click();
    await makePin(page);
    await answerAfterPin(page);
    await press(page, 'drill.seeResult');
    const result = page.getByRole('dialog', { name: words('drill.result.title') });
    await result.getByText(words('drill.result.passed')).waitFor();
    const table = result.getByRole('table', { name: words('drill.result.table') });
    expect(await table.getByRole('row').allTextContents()).toEqual([
      expect.any(String),
      `${meiLing.name}S$10.00${words('states.confirmed')}${words('drill.result.times_one')}`,
      `${limWei.name}S$20.00${words('states.confirmed')}${words('drill.result.times_one')}`,
    ]);
    await look(open, 'drill-result');
    await press(page, 'drill.result.close');
    await panel(page).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  },
  wholeMs,
);

/** The manager's dialog is there again, and asks for nothing more than the answer. */
async function answerAfterPin(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  const act = dialog.getByRole('button', { name: words('review.ask.confirm.arrived'), exact: true });
  await act.waitFor();
  const pin = dialog.getByLabel(words('manager.pin'));
  if ((await pin.count()) > 0) await pin.fill(managerPin);
  await act.click();
  await dialog.waitFor({ state: 'detached' });
}

it(
  'is begun at the live till in Chinese, left in the middle, and told to its day report',
  async () => {
    speak('zh');
    const store = await startPracticeStore();
    const open = await openTill(store, { language: 'zh' });
    const { page, folder } = open;
    await start(page);
    await page.getByText(words('drill.start.fromLive'), { exact: false }).waitFor();
    await look(open, 'drill-start');
    await press(page, 'drill.start.go');
    await page.getByText(words('practice.banner')).waitFor();
    await untilTold(page, 'drill.now.unplug');
    await plug(page);
    await topUp(page, meiLing, '10');
    await untilTold(page, 'drill.now.second');
    // Too early: it is led back, and told why.
    await plug(page);
    await untilTold(page, 'drill.hints.early', 'drill.now.unplug');
    await press(page, 'drill.leave');
    const result = page.getByRole('dialog', { name: words('drill.result.title') });
    await result
      .getByText(words('drill.result.gaveUp', { number: '1', step: words('drill.steps.unplug') }))
      .waitFor();
    await press(page, 'drill.result.report');
    await page.getByText(words('practice.banner')).waitFor({ state: 'detached' });
    await memberField(page).waitFor();
    expect(store.increments()).toEqual([]);
    expect(existsSync(join(folder, 'drill.json'))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'drill.json'), 'utf8'))).toMatchObject({
      ...{ who: 'Counter 1', passed: false },
    });
  },
  wholeMs,
);
