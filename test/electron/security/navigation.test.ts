import { expect } from 'vitest';
import { planted } from '../../faults/faults.ts';
import { frameMayLoad, listedAddress as listed, oneListedAddress } from '../../faults/lists/opened.ts';
import { noProxy, windowWith } from './support/doors.ts';
import { through, withoutRequestBlock } from './support/evaluate.ts';
import { listen } from './support/server.ts';
import { type Check, checkAll } from './support/table.ts';

const webviewAttach: Check = {
  number: '8',
  title: 'where there are webviews, none is let in',
  given: [windowWith({ webviewTag: true })],
  breaches: async ({ electron, page }) => {
    await electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const asked = new Promise<void>((resolve) => {
        contents?.once('will-attach-webview', () => setTimeout(resolve, 200));
      });
      Object.assign(globalThis, { asked });
    });
    await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'counterfoil://app/index.html');
      document.body.append(view);
    });
    await electron.evaluate(() => (globalThis as unknown as { asked: Promise<void> }).asked);
    const guests = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().some((contents) => contents.getType() === 'webview'),
    );
    return through({ 'a guest': guests });
  },
  controls: [{ ...planted('webviews-attach'), finds: ['a guest'] }],
};

/** A page under no policy, in a session that blocks nothing, leads a frame away: no layer but one is left. */
const frames: Check = {
  number: '9',
  title: 'a frame goes nowhere',
  given: [noProxy, ...frameMayLoad],
  breaches: async (app) => {
    const server = await listen();
    await withoutRequestBlock(app);
    await app.page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    }, `${server.url}/frame`);
    const decided = () =>
      server.heard.includes('GET /frame') || app.log().includes('page.navigation-blocked');
    await expect.poll(decided).toBe(true);
    return through({ 'a frame': server.heard.includes('GET /frame') });
  },
  controls: [{ ...planted('frames-navigate'), finds: ['a frame'] }],
};

const redirects: Check = {
  number: '9',
  title: 'a redirect is not followed',
  given: [noProxy],
  breaches: async (app) => {
    const server = await listen('/redirected');
    await withoutRequestBlock(app);
    // As if a trusted address redirected: only the main process can load one.
    await app.electron.evaluate(async ({ BrowserWindow }, url) => {
      const other = new BrowserWindow({ show: false });
      await other.loadURL(url).catch(() => undefined);
      other.destroy();
    }, `${server.url}/redirect`);
    return through({
      'a redirect': server.heard.includes('GET /redirected'),
      'not even the first address': !server.heard.includes('GET /redirect'),
    });
  },
  controls: [{ ...planted('page-redirects'), finds: ['a redirect'] }],
};

const windows: Check = {
  number: '10',
  title: 'the page opens no window',
  breaches: async ({ electron, page }) => {
    const got = await page.evaluate(() => {
      const opened = window.open('counterfoil://app/index.html');
      const link = document.createElement('a');
      link.href = 'counterfoil://app/index.html';
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
      return opened !== null;
    });
    const count = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    return through({ 'a window': got || count !== 1 });
  },
  controls: [{ ...planted('windows-open'), finds: ['a window'] }],
};

const browser: Check = {
  number: '11',
  title: "only whole addresses of the list reach the person's browser",
  given: [oneListedAddress],
  breaches: async ({ electron, page }) => {
    await electron.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    const others = [`${listed}?x`, `${listed}/../evil`, 'https://help.example', 'file:///etc/passwd'];
    await page.evaluate(
      (urls) => {
        for (const url of urls) window.open(url);
      },
      [listed, ...others],
    );
    const opened = await electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    return through({
      'an address that is not listed': opened.some((url) => url !== listed),
      'not even the listed one': !opened.includes(listed),
    });
  },
  controls: [
    { ...planted('any-address-opens'), finds: ['an address that is not listed'] },
    { ...planted('addresses-by-their-beginning'), finds: ['an address that is not listed'] },
  ],
};

checkAll([webviewAttach, frames, redirects, windows, browser]);
