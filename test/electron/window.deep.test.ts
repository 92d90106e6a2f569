import { expect, it } from 'vitest';
import { MOST_REVIVALS } from '../../main/app/electron/page-revival.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { type OpenApp, openApp, openTill, timeoutMs } from '../support/electron-app.ts';
import { pressClose } from '../support/electron-close.ts';
import { takeMember, topUp, untilRows } from '../support/electron-till.ts';

interface Shown {
  shownLast?: string;
}

/** Resolves when main has heard of it. */
const crash = ({ app }: OpenApp) =>
  app.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    const gone = new Promise<void>((resolve) => page?.once('render-process-gone', () => resolve()));
    page?.forcefullyCrashRenderer();
    await gone;
    (globalThis as Shown).shownLast = '';
  });

/**
 * What the page said when it was asked last; the driver's own page is lost with the first one. Its answer is not waited for:
 * a page that dies or is just coming answers nobody, and the promise of it is never kept.
 */
const shownBy = ({ app }: OpenApp) =>
  app.evaluate(({ BrowserWindow }) => {
    const kept = globalThis as Shown;
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    page?.executeJavaScript("document.querySelector('#root')?.textContent ?? ''").then(
      (text: string) => {
        kept.shownLast = text;
      },
      () => undefined,
    );
    return kept.shownLast ?? '';
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
  await expect.poll(() => shownBy(crashed), { timeout: timeoutMs }).toContain('Waiting');
  // What dies again and again stays as it is, and is closed without a word.
  for (let times = 1; times < MOST_REVIVALS; times += 1) {
    await crash(crashed);
    await expect.poll(() => shownBy(crashed), { timeout: timeoutMs }).toContain('Waiting');
  }
  await crash(crashed);
  await pressClose(crashed);
  await crashed.untilEnded();
}, 180_000);
