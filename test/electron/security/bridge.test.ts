import type { Page } from 'playwright-core';
import { planted } from '../../faults/faults.ts';
import { rawMessages } from '../../faults/lists/opened.ts';
import { type Reply, stateOf } from './support/bridge.ts';
import { through } from './support/evaluate.ts';
import { ofBridge } from './support/message-checks.ts';
import { type Check, checkAll } from './support/table.ts';

/** Pulls the plug from where it must not be possible. */
const pullPlug = (place: Pick<Page, 'evaluate'>): Promise<Reply | 'no bridge'> =>
  place.evaluate<Reply | 'no bridge'>(() => window.till?.practiceSetPlug({ in: false }) ?? 'no bridge');

const isForbidden = (reply: Reply | 'no bridge'): boolean =>
  reply !== 'no bridge' && reply.error?.code === 'forbidden-sender';

const senders: Check = {
  number: '14',
  title: 'only the main frame of the one window, on our page, is answered',
  given: rawMessages,
  breaches: async (app) => {
    const { electron, page } = app;
    const before = await stateOf(app);

    await page.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>frame</p>';
      const framed = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await framed;
    });
    const inside = page.frames().find((frame) => frame.url() === 'about:srcdoc');
    if (inside === undefined) return ['no frame to send from'];
    const byFrame = await pullPlug(inside);

    const opened = electron.waitForEvent('window');
    await electron.evaluate(({ app: runtime, BrowserWindow }) => {
      const webPreferences = { preload: `${runtime.getAppPath()}/out/preload/index.cjs` };
      void new BrowserWindow({ show: false, webPreferences }).loadURL('counterfoil://app/index.html');
    });
    const other = await opened;
    await other.waitForLoadState('load');
    const byWindow = await pullPlug(other);
    await other.close();

    const afterOthers = await stateOf(app);
    const left = page.waitForEvent('load');
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.loadURL('about:blank'),
    );
    await left;
    const byOrigin = await pullPlug(page);
    return through({
      'a frame': !isForbidden(byFrame),
      'another window': !isForbidden(byWindow),
      'another origin': !isForbidden(byOrigin),
      'a change': afterOthers !== before,
    });
  },
  controls: [{ ...planted('any-sender'), finds: ['a frame', 'another window', 'another origin'] }],
};

checkAll([senders, ...ofBridge]);
