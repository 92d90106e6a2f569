import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { addToTotals, goOnTimeoutMs, leastImages, minutes, sayFigures } from './support/figures.ts';
import type { Orders } from './support/orders.ts';
import { cutEverywhere, noCuts, type PowerCutFigures, recordLife, seeded } from './support/power-cut.ts';
import { createTillFolder, memoryFolder } from './support/till-folder.ts';

const say = (what: string, { images, fates, states, wholeTills, problems }: PowerCutFigures, after = '') =>
  sayFigures(
    `power cuts${what}: ${images} images (${fates.kept} with all writes, ${fates.dropped} with none unsynced, ${fates.torn} torn), ` +
      `${states} of them with something else in the database or its head, ${wholeTills} opened as a whole till; ${problems.length} problems${after}`,
  );

function scratchFolder(): string {
  const folder = memoryFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Lives of one till, each on what the one before left. */
async function recordLives(change: Partial<Orders>, lives: number) {
  const till = await createTillFolder();
  const recordings = [];
  for (let life = 0; life < lives; life += 1) recordings.push(await recordLife(till, change));
  await till.remove();
  return recordings;
}

/**
 * Short lives: a cut costs as much as its log is long, and the cuts that differ lie around a commit. In a long
 * run every eighth is a longer one.
 */
const workload = (seed: number, unit: () => number): Partial<Orders> => ({
  topUps: seed % 8 === 0 ? 10 + Math.floor(unit() * 20) : 2 + Math.floor(unit() * 3),
  members: 1 + Math.floor(unit() * (seed % 8 === 0 ? 30 : 4)),
  pauseMs: Math.floor(unit() * 4),
});

it(
  'no cut of power loses an acknowledged top-up, damages the database or looks like a rollback',
  async () => {
    const figures = noCuts();
    const scratch = scratchFolder();
    const startedAtMs = Date.now();
    const goOn = () => figures.images < leastImages || Date.now() < startedAtMs + minutes * 60_000;
    for (let seed = 1; goOn() && figures.problems.length === 0; seed += 1) {
      const unit = seeded(seed);
      for (const recording of await recordLives(workload(seed, unit), 3)) {
        const cuts = { tornAPrefix: 8, every: 1, wholeEvery: 97, goOn };
        await cutEverywhere(recording, scratch, unit, cuts, figures);
      }
    }
    say('', figures, `; ${Math.round((Date.now() - startedAtMs) / 1_000)} s`);
    const { images, acknowledged, problems } = figures;
    addToTotals({ images, acknowledged, problems });
    expect(problems.slice(0, 20)).toEqual([]);
    expect(images).toBeGreaterThanOrEqual(leastImages);
  },
  goOnTimeoutMs,
);

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
  const { images, acknowledged, problems } = figures;
  addToTotals({ images, acknowledged, problems });
  expect(problems.slice(0, 20)).toEqual([]);
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
