import { expect, test } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { planted } from '../../faults/faults.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { type Canary, occurrences } from '../../security/support/forms.ts';
import { timeoutMs } from '../../support/electron-app.ts';
import { topUp, words } from '../../support/electron-till.ts';
import { type OpenApp, openApp, within } from './support/app.ts';
import { scratch } from './support/build.ts';
import { canariesOf, move, setUp, trade } from './support/canary-day.ts';
import { messagesKept, type Undone } from './support/doors.ts';
import { askAsAnybody, managersCallsOfLive } from './support/managers.ts';
import { heapOf, mayReadMemory, memoryOf } from './support/memory.ts';
import { searchFiles, searchMessages } from './support/places.ts';

// Security check 24, and 35 on a till that has what a practice till has not. A day of a till from its set-up to its move,
// and every secret of it looked for wherever it could have been left.

const pageOf = ({ electron }: OpenApp): Promise<number> =>
  electron.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  );

/** What the page still reaches. The member's name is on its screen: a search that misses that would miss anything. */
async function searchHeap({ cdp }: OpenApp, canaries: readonly Canary[]): Promise<readonly string[]> {
  const heap = await heapOf(cdp);
  const missed = heap.includes(meiLing.name) ? [] : ['an empty heap'];
  return [...missed, ...occurrences(heap, canaries).map((what) => `${what} in the heap`)];
}

/** The whole of the page's process, what it has given back to its heaps among it. */
async function searchMemory(app: OpenApp, canaries: readonly Canary[]): Promise<readonly string[]> {
  if (!mayReadMemory) return [];
  const memory = memoryOf(await pageOf(app));
  const missed = memory.includes(meiLing.name) ? [] : ['an empty memory'];
  return [...missed, ...occurrences(memory, canaries).map((what) => `${what} in the memory`)];
}

/** A page that dies, as one with a fault in it would. */
async function crash(app: OpenApp): Promise<void> {
  const gone = app.electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<string>((resolve) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('render-process-gone', (_event, { reason }) =>
          resolve(reason),
        );
      }),
  );
  process.kill(await pageOf(app), 'SIGSEGV');
  expect(await within('the crash', gone)).toBe('crashed');
  // Nobody at a counter knows what to do with a blank window.
  const shown = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        "document.querySelector('#root')?.textContent ?? ''",
      ),
    );
  await expect.poll(shown, { timeout: timeoutMs }).toContain(words('moved.title'));
}

/** Members' phones and what is signed never come to a page, not even for a moment. */
const neverOfThePage = ['the journal key', 'the pepper', 'a signature', 'a body', 'a phone'];

/** The program started anew: nobody types a secret into this page. */
async function anotherDay(app: OpenApp, canaries: readonly Canary[]): Promise<readonly string[]> {
  await topUp(app.page, meiLing, '10');
  const asAnybody = await app.page.evaluate(askAsAnybody, managersCallsOfLive);
  return [...(await searchMemory(app, canaries)), ...asAnybody];
}

async function leaks(undone: readonly Undone[]): Promise<readonly string[]> {
  const store = await startPracticeStore();
  const stick = scratch('stick');
  const [config, temporary] = [scratch('config'), scratch('temporary')];
  const env = { XDG_CONFIG_HOME: config, TMPDIR: temporary };
  let app = await openApp({
    undone: [messagesKept, ...undone],
    practice: false,
    launch: (launch) => ({ ...launch, env: { ...launch.env, ...env } }),
  });
  try {
    const recoveryCode = await setUp(app, store);
    await trade(app, store, stick);
    const canaries = await canariesOf(app, store, recoveryCode);
    const never = canaries.filter(({ kind }) => neverOfThePage.includes(kind));
    const found = [
      ...(await searchHeap(app, canaries)),
      ...(await searchMemory(app, never)),
      ...(await searchMessages(app.electron, canaries)),
    ];
    app = await app.again();
    found.push(...(await anotherDay(app, canaries)));
    await move(app, stick);
    found.push(...(await searchHeap(app, canaries)).filter((what) => what !== 'an empty heap'));
    found.push(...(await searchMessages(app.electron, canaries)));
    await crash(app);
    const files = searchFiles({ data: app.folder, config, temporary, stick }, canaries);
    const missed = wanted.filter((place) => !files.places.includes(place)).map((place) => `no ${place}`);
    return [...new Set([...found, ...files.found, ...missed])];
  } finally {
    await app.close();
  }
}

/** What the search itself could miss: each is there to be looked into. */
const wanted = [
  ...['the log', 'the database', 'a backup', 'the vault', 'the heads', 'a move', 'a sealed backup'],
  ...['the open entries', 'a report', 'an export', 'the stick', 'elsewhere'],
];

// A whole day, on whatever machine.
const dayMs = 240_000;

test(
  '24: a day of a till leaves no secret in log, report, export, backup, message, heap, memory or dump',
  async () => {
    expect(await leaks([])).toEqual([]);
  },
  dayMs,
);

test(
  '24: a build that leaves one in each place is found out in each',
  async () => {
    const found = await leaks(planted('a-secret-in-each-place').changes);
    expect(found).toEqual(
      expect.arrayContaining([
        'the PIN (plain) in the log',
        'the PIN (plain) in a report',
        'the PIN (plain) in the database',
        'the PIN (plain) in a backup',
        'the PIN (plain) in the temporary folder',
        'a signature (plain) in an export',
        'a signature (plain) in a sealed backup',
        'the appKey (plain) in a move',
        'the passphrase (plain) in the stick',
        'the passphrase (plain) in the heap',
        'a phone (plain) on its way to the page',
        ...(mayReadMemory ? ['a phone (plain) in the memory'] : []),
        'a dump',
      ]),
    );
  },
  dayMs,
);
