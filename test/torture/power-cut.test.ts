import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { minutes, sayFigures } from './support/figures.ts';
import type { Orders } from './support/orders.ts';
import { cutEverywhere, noCuts, type PowerCutFigures, recordLife, seeded } from './support/power-cut.ts';
import { createTillFolder, memoryFolder } from './support/till-folder.ts';

const IMAGES = Number(process.env['TORTURE_IMAGES'] ?? '20000');

const say = (what: string, { images, fates, wholeTills, problems }: PowerCutFigures) =>
  sayFigures(
    `power cuts${what}: ${images} images (${fates.kept} with all writes, ${fates.dropped} with none unsynced, ${fates.torn} torn), ` +
      `${wholeTills} of them opened as a whole till; ${problems.length} problems`,
  );

function scratchFolder(): string {
  const folder = memoryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'image');
}

/** Two lives of one till, the second on what the first left. */
async function recordLives(change: Partial<Orders>, lives: number) {
  const till = await createTillFolder();
  const recordings = [];
  try {
    for (let life = 0; life < lives; life += 1) recordings.push(await recordLife(till, change));
    return recordings;
  } finally {
    await till.remove();
  }
}

it('no cut of power loses an acknowledged top-up, damages the database or looks like a rollback', async () => {
  const figures = noCuts();
  const scratch = scratchFolder();
  const startedAtMs = Date.now();
  const goOn = () => figures.images < IMAGES || Date.now() < startedAtMs + minutes * 60_000;
  for (let seed = 1; goOn() && figures.problems.length === 0; seed += 1) {
    const recordings = await recordLives({ topUps: 6, members: 3, pauseMs: 2 }, 2);
    for (const recording of recordings) {
      const cuts = { tornAPrefix: 8, every: 1, wholeEvery: 97, goOn };
      await cutEverywhere(recording, scratch, seeded(seed), cuts, figures);
    }
  }
  say('', figures);
  process.stdout.write(`  ${Math.round((Date.now() - startedAtMs) / 1_000)} s\n`);
  expect(figures.problems.slice(0, 20)).toEqual([]);
  expect(figures.images).toBeGreaterThanOrEqual(IMAGES);
});

it('a log that is long enough to be written back while the till works is no worse', async () => {
  const figures = noCuts();
  const scratch = scratchFolder();
  const [recording] = await recordLives({ topUps: 45, members: 10, pauseMs: 0 }, 1);
  if (recording === undefined) throw new Error('nothing recorded');
  const writtenBack = recording.operations.filter(
    ({ kind, path }) => kind === 'write' && path.endsWith('.db'),
  );
  expect(writtenBack.length).toBeGreaterThan(20);
  const cuts = { tornAPrefix: 1, every: 29, wholeEvery: 97, goOn: () => true };
  await cutEverywhere(recording, scratch, seeded(1), cuts, figures);
  say(' with a checkpoint', figures);
  expect(figures.problems.slice(0, 20)).toEqual([]);
});

it('the control: synchronous=NORMAL loses acknowledged top-ups', async () => {
  const figures = noCuts();
  const scratch = scratchFolder();
  const [recording] = await recordLives({ topUps: 6, members: 3, pauseMs: 2, synchronous: 'NORMAL' }, 1);
  if (recording === undefined) throw new Error('nothing recorded');
  const cuts = { tornAPrefix: 1, every: 3, wholeEvery: 1_000_000, goOn: () => true };
  await cutEverywhere(recording, scratch, seeded(1), cuts, figures);
  say(' with NORMAL', figures);
  expect(figures.problems.filter((problem) => problem.includes('lost: ')).length).toBeGreaterThan(10);
});
