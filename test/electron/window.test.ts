import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MOST_REVIVALS } from '../../main/electron/page-revival.ts';
import { limWei, meiLing } from '../../main/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openApp, openTill, patienceMs, testFolder } from '../support/electron-app.ts';
import { closingQuestion, pressClose } from '../support/electron-close.ts';
import { memberField, takeMember, topUp, untilRows, words } from '../support/electron-till.ts';

const title = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());

const place = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());

const zoomPercent = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) =>
    Math.round(100 * (BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0)),
  );

/** A key as the system gives it to the window: Playwright's own keys begin in the page. */
const press = ({ app }: OpenApp, keyCode: string, ...modifiers: 'control'[]) =>
  app.evaluate(
    ({ BrowserWindow }, key) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.sendInputEvent({ type: 'keyDown', ...key });
      contents?.sendInputEvent({ type: 'keyUp', ...key });
    },
    { keyCode, modifiers },
  );

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

it('opens as it was left, and as at first where that cannot be read', async () => {
  const folder = testFolder();
  const open = await openApp({ folder });
  await press(open, '=', 'control');
  await expect.poll(() => zoomPercent(open)).toBe(110);
  await open.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 900, height: 620 }),
  );
  await expect.poll(() => place(open)).toEqual({ x: 40, y: 50, width: 900, height: 620 });
  await open.close();
  const again = await openApp({ folder });
  expect(await place(again)).toEqual({ x: 40, y: 50, width: 900, height: 620 });
  await expect.poll(() => zoomPercent(again)).toBe(110);
  await again.close();
  expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toMatchObject({ zoomPercent: 110 });

  // A second monitor that was taken away, and then a file that somebody wrote into.
  const gone = { bounds: { x: 5000, y: 50, width: 900, height: 620 }, maximised: false, zoomPercent: 100 };
  writeFileSync(join(folder, 'window.json'), JSON.stringify(gone));
  const moved = await openApp({ folder });
  const screen = await moved.app.evaluate(
    ({ screen: { getPrimaryDisplay } }) => getPrimaryDisplay().workArea,
  );
  expect(await place(moved)).toEqual({
    x: screen.x + (screen.width - 900) / 2,
    y: screen.y + (screen.height - 620) / 2,
    width: 900,
    height: 620,
  });
  await moved.close();
  writeFileSync(join(folder, 'window.json'), 'nothing of ours');
  const fresh = await openApp({ folder });
  expect(await place(fresh)).toMatchObject({ width: 1280, height: 820 });
  await expect.poll(() => zoomPercent(fresh)).toBe(100);
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

/** Resolves when main has heard of it. */
const crash = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    const gone = new Promise<void>((resolve) => page?.once('render-process-gone', () => resolve()));
    page?.forcefullyCrashRenderer();
    return gone;
  });

/** The driver's own page is lost with the first one. */
const shownBy = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }): Promise<string> => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    return (
      page?.executeJavaScript("document.querySelector('#root')?.textContent ?? ''") ?? Promise.resolve('')
    );
  });

it('closes without a word when the program ends, or the page is broken', async () => {
  const store = await startPracticeStore();
  const open = await openTill(store);
  const { page, folder } = open;
  await takeMember(page, limWei);
  await store.setPlug(false);
  await topUp(page, limWei, '20');
  await untilRows(page, 1, 'Waiting');
  // As the system asks: it ends, whatever waits.
  open.app.process().kill('SIGTERM');
  await open.untilEnded();

  const hung = await openApp({ folder });
  await untilRows(hung.page, 1, 'Waiting');
  // Both from main, one after the other: the page must hang before it hears of the question.
  await hung.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.executeJavaScript('for (;;);').catch(() => undefined);
    setImmediate(() => window?.close());
  });
  await hung.untilEnded();
  const crashed = await openApp({ folder });
  await untilRows(crashed.page, 1, 'Waiting');
  await crash(crashed);
  // Nobody at a counter knows what to do with a blank window.
  await expect.poll(() => shownBy(crashed), { timeout: patienceMs }).toContain('Waiting');
  // What dies again and again stays as it is, and is closed without a word.
  for (let times = 1; times < MOST_REVIVALS; times += 1) {
    await crash(crashed);
    await expect.poll(() => shownBy(crashed), { timeout: patienceMs }).toContain('Waiting');
  }
  await crash(crashed);
  await pressClose(crashed);
  await crashed.untilEnded();
}, 180_000);
