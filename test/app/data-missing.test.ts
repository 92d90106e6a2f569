import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isDataMissing } from '../../main/app/data-missing.ts';
import { readSwitches, switchProblem } from '../../main/app/switches.ts';
import { createTill } from '../../main/app/till.ts';
import { databaseFile } from '../../main/kernel/folders.ts';
import { appError, err, ok } from '../../preload/contract/index.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openProgram } from '../kit/program.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../kit/till.ts';

const live = (folder: string) => join(folder, 'live');
const missing = (folder: string) => isDataMissing(folder, join(folder, 'copy'));
const openLast = (folder: string, mode: 'live' | 'practice') =>
  writeFileSync(join(folder, 'mode.json'), JSON.stringify({ mode }));

/** The folder of a till that was open, and is closed. */
async function used(): Promise<string> {
  const till = await openTestTill(await startPracticeStore());
  till.session.start();
  await till.close();
  return till.folder;
}

it('tells a till whose database is gone or empty from one that was never set up', () => {
  const folder = temporaryFolder();
  expect(missing(folder)).toBe(false);
  mkdirSync(live(folder));
  writeFileSync(join(live(folder), 'vault.json'), '{}');
  expect(missing(folder)).toBe(false);
  openLast(folder, 'live');
  expect(missing(folder)).toBe(true);
  writeFileSync(join(live(folder), 'counterfoil.db'), '');
  expect(missing(folder)).toBe(true);
  writeFileSync(join(live(folder), 'counterfoil.db'), 'SQLite format 3');
  expect(missing(folder)).toBe(false);
});

it('a live database that is gone is told of, also where practice was open last', async () => {
  const folder = await used();
  openLast(folder, 'practice');
  expect(missing(folder)).toBe(false);
  rmSync(databaseFile(live(folder)));
  expect(missing(folder)).toBe(true);
  openLast(folder, 'live');
  expect(missing(folder)).toBe(true);
});

it.each(['live', 'practice'] as const)(
  'a live folder that is gone as a whole is told of, with %s open last',
  async (mode) => {
    const folder = await used();
    openLast(folder, mode);
    rmSync(live(folder), { recursive: true });
    expect(missing(folder)).toBe(true);
    mkdirSync(live(folder));
    expect(missing(folder)).toBe(true);
  },
);

it('a first start, practice alone, and a till that was closed for good and taken away are new tills', async () => {
  const first = openProgram();
  expect(missing(first.folder)).toBe(false);
  await first.till.start();
  expect(missing(first.folder)).toBe(false);
  await first.must('setup:openPractice', {});
  expect(missing(first.folder)).toBe(false);
  const folder = await used();
  openLast(folder, 'live');
  expect(isDataMissing(temporaryFolder(), join(folder, 'copy'))).toBe(false);
});

it('nobody connects an empty till where the data of the one before is gone', async () => {
  const program = openProgram();
  const configured: unknown[] = [];
  const till = createTill({
    ...{ folder: program.folder, vault: program.vault, clock: realClock, random: realRandom },
    ...{ logger: silentLogger, onChanges: () => true },
    open: {
      live: async () => err(appError('data-missing')),
      practice: async () => err(appError('data-missing')),
      isLiveConfigured: () => false,
      liveConfig: () => ok(null),
      accountProblem: () => appError('data-missing'),
      configureLive: (config) => {
        configured.push(config);
        return null;
      },
    },
  });
  const connection = {
    ...{ host: 'https://kybio.example', appId: 'APP', appKey: 'KEY', tillName: 'Counter 1' },
    ...{ storeTimeZone: 'Asia/Singapore', currency: 'SGD', language: 'en' },
  };
  expect(await till.connect(connection)).toEqual({ ok: false, error: { code: 'data-missing' } });
  expect(configured).toEqual([]);
  expect(await program.vault.load()).toEqual({ state: 'absent' });
});

it('refuses a switch without its value, and reads the others', () => {
  for (const argv of [['--export'], ['--export='], ['--provision='], ['--verify=1']]) {
    expect(switchProblem(argv)).not.toBeNull();
  }
  const argv = ['.', '--user-data-dir=/data/till', '--provision=a=b.json', '--no-sandbox'];
  expect(switchProblem(argv)).toBeNull();
  expect(readSwitches(argv)).toMatchObject({
    ...{ userDataDir: '/data/till', provision: 'a=b.json', verify: false, exportTo: null },
  });
});

it.each(['--verfy', '--Verify', '--exprt=a.csv', '--provison=a.json', '--user-datadir=/data'])(
  'takes no mistyped %s for nothing',
  (argument) => {
    expect(switchProblem(['.', argument])).toContain('is not known');
    const own = [
      '--no-sandbox',
      '--lang=de',
      '--verbose',
      '--headless',
      '--enable-logging',
      '--ozone-platform=x',
    ];
    expect(switchProblem(own)).toBeNull();
  },
);
