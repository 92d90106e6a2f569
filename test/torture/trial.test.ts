import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { copyForRollback } from '../../main/updates/trial/copy-for-rollback.ts';
import { settleTrial } from '../../main/updates/trial/roll-back.ts';
import { isInDepth } from '../kit/depth.ts';
import { realRandom } from '../kit/practice-store.ts';
import { aTill, bytesOf, harm, isAside, versions } from '../updates/trial/support.ts';
import { anyFile, createControl, killAfter, killBefore, onCut, onSync, onWrite } from './support/control.ts';
import { addToTotals, sayFigures } from './support/figures.ts';
import { memoryFolder } from './support/till-folder.ts';

const { ENOSPC } = constants.errno;
const POINTS = isInDepth ? 12 : 3;

const oldProgram = resolve(import.meta.dirname, 'support', 'trying.ts');
const migrating = resolve(import.meta.dirname, '../updates/trial/migrating-program.cjs');

interface Trouble {
  readonly operations: number;
  readonly action: number;
  readonly skip: number;
  readonly times: number;
}

/** The old program with its file operations in the data folder steered; how often one was met, where none is. */
function run(data: string, next: string, trouble: Trouble | null) {
  const folder = memoryFolder();
  const control = createControl(join(folder, 'control'), data);
  if (trouble !== null) control.set({ files: anyFile, ...trouble });
  const { stdout, signal } = spawnSync(process.execPath, [oldProgram, data, next, versions.from], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...control.env },
  });
  const hits = control.hits();
  rmSync(folder, { recursive: true, force: true });
  return { said: stdout, hits, signal };
}

/** A till, and a next program that migrates its data and then ends badly. */
function aShop() {
  const till = aTill();
  const next = join(memoryFolder(), 'next');
  writeFileSync(next, `#!/bin/sh\n'${process.execPath}' '${migrating}' "$@" && exit 3\n`, { mode: 0o755 });
  return { ...till, next, before: bytesOf(till.folder) };
}

const start = (till: ReturnType<typeof aTill>) => settleTrial({ ...till, version: versions.from });

/** Whatever came of it: once the disk has room, the till is as it was. */
async function expectWhole(till: ReturnType<typeof aShop>) {
  expect(await start(till)).toMatchObject({ problem: null });
  expect(bytesOf(till.folder)).toEqual(till.before);
  expect(isAside(till.folder)).toBe(false);
}

/** All over what there is of them. */
const spread = isInDepth ? 4 : 14;
const points = Array.from({ length: POINTS }, (_, at) => at);

it('a trial, whatever write finds the disk full, is told, and the till is as it was', async () => {
  const ends: string[] = [];
  for (let at = 0; isInDepth || at < POINTS; at += 1) {
    const till = aShop();
    // Old and new program together; in the depth each of them.
    const skip = isInDepth ? at : spread * at;
    const full = { operations: onWrite, action: ENOSPC, skip, times: 1_000_000 };
    const { said, hits } = run(till.folder, till.next, full);
    await expectWhole(till);
    if (hits === 0) break;
    ends.push(said);
  }
  const told = ['update-disk-full', 'update-not-put-back', 'update-trial-failed'];
  expect(ends.filter((end) => !told.includes(end))).toEqual([]);
  expect(ends[0]).toBe('update-disk-full');
  expect(ends.length).toBeGreaterThanOrEqual(POINTS);
  addToTotals({ failures: ends.length });
  sayFigures(`a full disk at ${ends.length} writes of a trial: ${[...new Set(ends)].join(', ')}`);
}, 600_000);

it('a full disk keeps nobody from putting back what was put aside', async () => {
  const till = aShop();
  await copyForRollback(till, versions, realRandom);
  harm(till);
  const full = { operations: onWrite, action: ENOSPC, skip: 0, times: 1_000_000 };
  expect(run(till.folder, '', full).said).toBe('update-cut-off');
  await expectWhole(till);
});

it.each([
  ['before', killBefore],
  ['after', killAfter],
] as const)(
  'killed %s any file operation of a trial or of its put-back, the till is as it was',
  async (_, action) => {
    let killed = 0;
    for (const at of points) {
      const till = aShop();
      const trouble = { operations: onWrite | onSync | onCut, action, skip: spread * at, times: 1 };
      if (run(till.folder, till.next, trouble).signal === 'SIGKILL') killed += 1;
      await expectWhole(till);
      await copyForRollback(till, versions, realRandom);
      harm(till);
      if (run(till.folder, '', { ...trouble, skip: Math.round((spread * at) / 5) }).signal === 'SIGKILL')
        killed += 1;
      await expectWhole(till);
    }
    expect(killed).toBeGreaterThan(POINTS / 3);
    addToTotals({ kills: killed });
  },
  600_000,
);
