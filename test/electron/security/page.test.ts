import { planted } from '../../faults/faults.ts';
import { noProxy } from './support/doors.ts';
import { through, withoutPolicy, withoutRequestBlock } from './support/evaluate.ts';
import { ofPage } from './support/page-checks.ts';
import { listen } from './support/server.ts';
import { type Check, checkAll } from './support/table.ts';

const outside = [
  '/../outside.json',
  '/%2e%2e/outside.json',
  '/..%2foutside.json',
  '/assets/..%2f..%2foutside.json',
  '/assets/%2e%2e%2f%2e%2e%2foutside.json',
  '/..%5coutside.json',
];

const folder: Check = {
  number: '1',
  title: 'the app scheme serves the folder of the page only',
  breaches: ({ electron }) =>
    electron.evaluate(async ({ net }, paths) => {
      const served: string[] = [];
      for (const path of paths) {
        const answer = await net.fetch(`counterfoil://app${path}`);
        if ((await answer.text()).includes('outside the folder')) served.push('a file outside');
      }
      const page = await net.fetch('counterfoil://app/index.html');
      return page.status === 200 ? served : [...served, 'not even the page'];
    }, outside),
  controls: [{ ...planted('paths-climb'), finds: ['a file outside'] }],
};

const node: Check = {
  number: '2',
  title: 'neither page nor worker nor frame has Node',
  breaches: async ({ page }) => {
    const found = await page.evaluate(async () => {
      const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname'];
      const frame = document.createElement('iframe');
      // A frame of the page's own making: no policy stops it, and a preload would run in it.
      frame.srcdoc = '<p>frame</p>';
      const framed = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await framed;
      const inside = frame.contentWindow as unknown as Record<string, unknown>;
      const own = window as unknown as Record<string, unknown>;
      const worker = new Worker('counterfoil://app/assets/probe-worker.js');
      const types = await new Promise<string>((resolve) => {
        worker.onmessage = ({ data }) => resolve(String(data));
        worker.onerror = () => resolve('no worker ran');
      });
      worker.terminate();
      const result = {
        'Node in the page': names.some((name) => own[name] !== undefined),
        'Node in a frame': names.some((name) => inside[name] !== undefined),
        'the bridge in a frame': inside['till'] !== undefined,
        'Node in a worker': types !== 'undefined,undefined,undefined' && types !== 'no worker ran',
        'no worker to look at': types === 'no worker ran',
      };
      frame.remove();
      return result;
    });
    return through(found);
  },
  controls: [
    { ...planted('node-in-the-page'), finds: ['Node in the page', 'Node in a worker'] },
    { ...planted('preload-in-frames'), finds: ['the bridge in a frame'] },
  ],
};

const webSecurity: Check = {
  number: '6',
  title: 'a page without policy and request block still cannot read another origin',
  given: [noProxy],
  breaches: async (app) => {
    const server = await listen();
    await withoutPolicy(app);
    await withoutRequestBlock(app);
    const read = await app.page.evaluate(
      (url) =>
        fetch(url).then(
          (answer) => answer.text(),
          () => '',
        ),
      `${server.url}/read`,
    );
    return through({
      'another origin was read': read === 'heard',
      'the request was not even made': !server.heard.includes('GET /read'),
    });
  },
  controls: [{ ...planted('no-web-security'), finds: ['another origin was read'] }],
};

const features: Check = {
  number: '6',
  title: 'the page has no feature that Electron does not give by itself',
  breaches: async ({ electron, page }) => {
    const names = () => {
      const prototypes = [window, Document.prototype, Element.prototype, Navigator.prototype, CSS];
      return prototypes
        .flatMap((owner) => Object.getOwnPropertyNames(owner))
        .filter((name) => name !== 'till');
    };
    const plain = electron.waitForEvent('window');
    await electron.evaluate(
      ({ BrowserWindow }) => void new BrowserWindow({ show: false }).loadURL('counterfoil://app/index.html'),
    );
    const other = await plain;
    await other.waitForLoadState('load');
    const usual = new Set(await other.evaluate(names));
    await other.close();
    const more = (await page.evaluate(names)).filter((name) => !usual.has(name));
    return through({ 'experimental features': more.length > 0 });
  },
  controls: [{ ...planted('experimental-features'), finds: ['experimental features'] }],
};

checkAll([...ofPage, folder, node, webSecurity, features]);
