import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { configureLive } from '../../../main/app/live-account.ts';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { createPracticeStore } from '../../../main/hosts/practice/store.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { backupFolder, liveFolder } from '../../../main/kernel/folders.ts';
import { systemClock, systemRandom } from '../../../main/kernel/system.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { moveTill } from '../../../main/safety/backups/move.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { buildOneFile } from '../../kit/one-file.ts';
import { builtFile } from './build.ts';
import {
  type Act,
  dataOf,
  enter,
  journalKey,
  moveStickOf,
  openIn,
  passphrase,
  type Scene,
  secretsOf,
  silent,
  stickOf,
} from './care.ts';
import type { Entries } from './care-judge.ts';
import type { CareOrders } from './care-orders.ts';
import { createControl } from './control.ts';
import { memoryFolder } from './till-folder.ts';

export interface Care {
  readonly scene: Scene;
  readonly entries: Entries;
  /** The scene as it is at the beginning. */
  reset(): void;
  /** Runs an act in a process of its own; `watched` is the disk that is steered. */
  run(act: Act, orders: Doing, watched?: string): { readonly said: string; readonly signal: string | null };
  end(): void;
}

type Only<T> = T extends unknown ? Omit<T, 'act' | 'scene' | 'template' | 'control'> : never;
type Doing = Only<CareOrders>;

const processFile = builtFile('care.cjs');

/** A till that waits for its network: some entries in a backup here and in a second place, one made since. */
async function makeTill(scene: Scene, host: string, appId: string): Promise<Entries> {
  const config = { host, appId, tillName: 'Counter 1', tillNumber: 1, tillCount: 1 };
  const words = { storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' };
  const problem = configureLive(dataOf(scene), { ...config, ...words }, journalKey);
  if (problem !== null) throw new Error(problem.code);
  const session = await openIn(scene, dataOf(scene));
  if (typeof session === 'string') throw new Error(session);
  await session.members.lookUp.find(meiLing.number);
  const idOf = (sum: string): string => {
    const made = enter(session, sum);
    if (!made.ok) throw new Error(made.error.code);
    return made.value.id;
  };
  mkdirSync(stickOf(scene));
  await session.safety.backups?.choosePlace({ folder: stickOf(scene), passphrase }, theManager);
  const inBackup = ['1.00', '2.00', '3.00'].map(idOf);
  await session.safety.backups?.backupNow('asked');
  await session.safety.backups?.copied();
  const after = idOf('4.00');
  await session.safety.openEntries?.catchUp();
  await session.close(0);
  return { inBackup, after };
}

/** The file of such a till that is moved to another computer. */
async function makeMoveFile(scene: Scene): Promise<void> {
  const moving = join(scene.work, '..', 'moving');
  cpSync(dataOf(scene), moving, { recursive: true });
  mkdirSync(moveStickOf(scene));
  const moved = await moveTill(
    {
      ...{ clock: systemClock, random: systemRandom, logger: silent, integrity: checkHere },
      ...{ liveFolder: liveFolder(moving), backupFolder: backupFolder(moving) },
      timeouts: createTimeouts(systemClock),
      vault: createMemoryVault(secretsOf(scene), systemRandom),
    },
    { folder: moveStickOf(scene), passphrase, who: theManager },
  );
  if (!moved.ok) throw new Error(moved.error.code);
}

export async function makeCare(): Promise<Care> {
  await buildOneFile(join(import.meta.dirname, '../care-process.ts'), processFile);
  const folder = memoryFolder();
  const [work, template, file] = ['work', 'template', 'control'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const store = await createPracticeStore({
    ...{ clock: systemClock, random: systemRandom },
    profile: { compression: 'none' },
  });
  mkdirSync(work);
  const early: Scene = { work, appKey: store.appKey, nowMs: Date.now() - 3_600_000 };
  const entries = await makeTill(early, store.baseUrl, store.appId);
  await makeMoveFile(early);
  await store.close();
  cpSync(work, template, { recursive: true });
  const scene: Scene = { ...early, nowMs: early.nowMs + 3_600_000 };
  return {
    ...{ scene, entries },
    reset: () => {
      rmSync(work, { recursive: true, force: true });
      cpSync(template, work, { recursive: true });
    },
    run: (act, orders, watched = work) => {
      const control = createControl(file, watched);
      const all: CareOrders = { ...{ act, scene, template, control: file }, ...orders };
      const { stdout, stderr, signal, status } = spawnSync(
        process.execPath,
        [processFile, JSON.stringify(all)],
        {
          encoding: 'utf8',
          env: {
            ...process.env,
            NODE_OPTIONS: '',
            NODE_COMPILE_CACHE: `${processFile}.cache`,
            ...control.env,
          },
        },
      );
      if (signal === null && status !== 0) throw new Error(`${act}: ${stderr}`);
      return { said: stdout, signal };
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
