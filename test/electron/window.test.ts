import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openApp, openTill } from '../support/electron-app.ts';
import { closingQuestion, pressClose } from '../support/electron-close.ts';
import { memberField, takeMember, topUp, untilRows, words } from '../support/electron-till.ts';
import { press, zoomPercent } from '../support/electron-window.ts';

const title = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());

it("carries the till's name, and says when it is for practice", async () => {
  const open = await openApp();
  await expect.poll(() => title(open)).toBe('Counterfoil');
  await open.page.getByRole('button', { name: /^Open the practice store/ }).click();
  await memberField(open.page).waitFor();
  await expect.poll(() => title(open)).toMatch(/^\S.* \(practice\) — Counterfoil$/);
  const till = await openTill(await startPracticeStore(), { tillName: 'Counter 1' });
  await expect.poll(() => title(till)).toBe('Counter 1 — Counterfoil');
});

it('zooms by its keys and by nothing else, and shows full screen', async () => {
  const open = await openTill(await startPracticeStore());
  const { page } = open;
  await memberField(page).waitFor();
  // The wheel with Ctrl held, over the page: were it heard, the steps after it would be others.
  await page.mouse.move(400, 300);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  for (const [key, percent] of [
    ['=', 110],
    ['+', 125],
    ['-', 110],
    ['0', 100],
    ['-', 90],
  ] as const) {
    await press(open, key, 'control');
    await expect.poll(() => zoomPercent(open)).toBe(percent);
  }
  expect(await memberField(page).inputValue()).toBe('');
  const full = () =>
    open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen());
  await press(open, 'F11');
  await expect.poll(full).toBe(true);
  await press(open, 'F11');
  await expect.poll(full).toBe(false);
});

it('closed before its page is there, ends in order', async () => {
  const open = await openApp();
  const main = open.app.process();
  await pressClose(open);
  await open.untilEnded();
  expect(main.exitCode).toBe(0);
});

it('is never smaller than a till can be used', async () => {
  const open = await openApp();
  await open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(300, 200));
  const smallest = await open.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
  );
  expect(smallest).toEqual([800, 560]);
});

it('says on closing that what is not sent is safe, stays or closes as is answered', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page, folder } = open;
  await takeMember(page, limWei);
  await topUp(page, meiLing, '50');
  await untilRows(page, 1, 'Done');
  await store.setPlug(false);
  await topUp(page, limWei, '20');
  await untilRows(page, 1, 'Waiting');

  await pressClose(open);
  await closingQuestion(page).getByText('1 entry is not sent yet.').waitFor();
  await page.keyboard.press('Escape');
  await closingQuestion(page).waitFor({ state: 'detached' });
  await pressClose(open);
  await closingQuestion(page).waitFor();
  // The focus is on the answer that changes nothing.
  await page.keyboard.press('Enter');
  await closingQuestion(page).waitFor({ state: 'detached' });
  await pressClose(open);
  await closingQuestion(page)
    .getByRole('button', { name: words('closing.close'), exact: true })
    .click();
  await open.untilEnded();

  await store.setPlug(true);
  const again = await openApp({ folder });
  await untilRows(again.page, 2, 'Done');
  await pressClose(again);
  await again.untilEnded();
  expect(store.increments()).toHaveLength(2);
}, 180_000);
