import { constants } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { realRandom } from '../kit/practice-store.ts';
import {
  anyFile,
  type Control,
  createControl,
  database,
  headSlot,
  log,
  onCut,
  onSync,
  onWrite,
} from './support/control.ts';
import { addToTotals, sayFigures } from './support/figures.ts';
import { damage, disagreements, entriesOf, keeperOf } from './support/inspect.ts';
import { type StartedChild, startChild } from './support/process.ts';
import { createTillFolder, inDatabase, type TillFolder } from './support/till-folder.ts';

const { ENOSPC, EIO } = constants.errno;

interface Served {
  readonly till: TillFolder;
  readonly child: StartedChild;
  readonly control: Control;
  /** `S` = "Saved", `E` = refused with a reason. */
  topUp(): Promise<{ readonly requestId: string; readonly answer: string }>;
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Resolves when everything that was promised has arrived, which a disk that works again allows. */
  allArrive(): Promise<void>;
  /** Resolves when the head could not be written for the nth time. */
  headsRefused(times: number): Promise<void>;
}

/** Its waits are hurried along: after a disk's failure the till waits for two seconds. */
async function serve(): Promise<Served> {
  const till = await createTillFolder();
  const control = createControl(join(till.folder, 'control'), till.folder);
  const child = startChild(till.orders({ mode: 'serve', speed: 20 }), control.env);
  await child.line((line) => line === 'started');
  const answers = new Map<string, number>();
  /** The answer to this time of asking; each begins with the letter that was asked. */
  const ask = async (order: string, letter: string) => {
    const number = (answers.get(letter) ?? 0) + 1;
    answers.set(letter, number);
    child.send(order);
    const said = () => child.lines.filter((line) => line.split(' ')[0] === letter);
    await child.line(() => said().length >= number);
    const answer = said()[number - 1];
    if (answer === undefined) throw new Error(`the till died: ${child.lines.slice(-5).join(' | ')}`);
    return answer;
  };
  return {
    ...{ till, child, control },
    topUp: async () => {
      const requestId = realRandom.uuid();
      child.send(`T ${requestId}`);
      const answer = await child.line((line) => line.includes(requestId));
      if (answer === null) throw new Error(`the till died: ${child.lines.slice(-5).join(' | ')}`);
      return { requestId, answer };
    },
    counts: async () => JSON.parse((await ask('?', 'C')).slice(2)),
    allArrive: async () => void (await ask('D', 'D')),
    headsRefused: async (times) => {
      // Each is told in a line; sends that share a write tell of the same one.
      await child.line(() => control.hits() >= times);
    },
  };
}

async function end({ child, till }: Served, acknowledged: readonly string[], refused: readonly string[]) {
  child.signal('SIGKILL');
  await child.ended;
  const found = inDatabase(databaseFile(liveFolder(till.folder)), (db) => {
    const made = new Set(entriesOf(db).map((entry) => entry.request_id));
    const folder = liveFolder(till.folder);
    return [
      ...damage(db, acknowledged, keeperOf(db, folder, join(till.folder, 'copy', 'live'))),
      ...disagreements(entriesOf(db), till.store.increments()),
      ...refused.filter((requestId) => made.has(requestId)).map((id) => `refused, and there: ${id}`),
    ];
  });
  await till.remove();
  return found;
}

/** Operations on these files, so many that they are a few top-ups' at most: syncs are rarer than writes. */
function passedAtMost({ operations }: { readonly operations: number }, files: number): number {
  if (files === headSlot) return 3;
  return operations === onSync ? 6 : 24;
}

describe.each([
  ['a full disk', { action: ENOSPC, operations: onWrite | onCut, short: 0 }],
  ['a disk that fills in the middle of a write', { action: ENOSPC, operations: onWrite | onCut, short: 1 }],
  ['a disk that cannot write', { action: EIO, operations: onWrite, short: 0 }],
  ['a disk that cannot sync', { action: EIO, operations: onSync, short: 0 }],
])('%s', (name, trouble) => {
  it.each([
    ['the database and its log', database | log],
    ['the head of the journal', headSlot],
    ['every file', anyFile],
  ])(
    'under %s loses nothing that was promised, and the queue goes on when it is over',
    async (where, files) => {
      const served = await serve();
      const acknowledged: string[] = [];
      const refused: string[] = [];
      for (let skip = 0; skip < 24; skip += 1) {
        const times = 1 + (skip % 3) * 4;
        served.control.set({ ...trouble, files, skip: skip % passedAtMost(trouble, files), times });
        for (let count = 0; count < 3; count += 1) {
          const { requestId, answer } = await served.topUp();
          (answer.startsWith('S ') ? acknowledged : refused).push(requestId);
        }
        await served.counts();
      }
      if (files === headSlot) {
        // Written by the way, before something is sent: how often it was by now is a matter of luck.
        served.control.set({ ...trouble, files, times: -1 });
        acknowledged.push((await served.topUp()).requestId);
        await served.headsRefused(9);
      }
      served.control.set({});
      await served.allArrive();
      const { confirmed = 0 } = await served.counts();
      const hits = served.control.hits();
      sayFigures(
        `${name}, ${where}: ${hits} failures, ${acknowledged.length} saved, ${refused.length} refused, ${confirmed} confirmed`,
      );
      const problems = await end(served, acknowledged, refused);
      addToTotals({ failures: hits, acknowledged: acknowledged.length, problems });
      expect(hits).toBeGreaterThan(8);
      expect(problems).toEqual([]);
    },
  );
});

it('while the disk stays full nothing is saved and nothing is sent, with the reason; when there is room it goes on', async () => {
  const served = await serve();
  const { till, control } = served;
  const before = await served.topUp();
  await served.allArrive();
  const increments = () =>
    till.store.calls().filter(({ method }) => method === 'updateBalancePointByIncrement').length;
  const sent = increments();
  control.set({ action: ENOSPC, operations: onWrite | onCut, files: anyFile, times: -1 });
  const refused: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    const { requestId, answer } = await served.topUp();
    expect(answer).toMatch(/^E \S+ (SQLITE_FULL|disk-full)/);
    refused.push(requestId);
  }
  expect(increments()).toBe(sent);
  control.set({});
  const after = await served.topUp();
  expect(after.answer).toBe(`S ${after.requestId}`);
  await served.allArrive();
  expect(await end(served, [before.requestId, after.requestId], refused)).toEqual([]);
});

it('an outcome that cannot be written holds the queue until it can', async () => {
  const served = await serve();
  const { till, child, control } = served;
  till.store.addFault({
    fault: { kind: 'delay', delayMs: 300, when: 'after' },
    method: 'updateBalancePointByIncrement',
    times: 1,
  });
  const first = await served.topUp();
  await till.store.waitForCall(({ method }) => method === 'updateBalancePointByIncrement');
  control.set({ action: EIO, operations: onWrite | onSync, files: database | log, times: -1 });
  expect(await child.line((line) => line === 'P disk')).toBe('P disk');
  control.set({});
  const second = await served.topUp();
  await served.allArrive();
  expect((await served.counts())['confirmed']).toBe(2);
  expect(await end(served, [first.requestId, second.requestId], [])).toEqual([]);
});
