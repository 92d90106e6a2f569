import { join } from 'node:path';
import { expect, it } from 'vitest';
import { liveFolder } from '../../main/kernel/folders.ts';
import { isInDepth } from '../kit/depth.ts';
import { addToTotals, sayFigures } from './support/figures.ts';
import { damage, keeperOf } from './support/inspect.ts';
import { openNursery } from './support/nursery.ts';
import { startChild } from './support/process.ts';
import { killOnce, nothingYet, type ShiftKills } from './support/shift-kills.ts';
import { createTillFolder, inDatabase } from './support/till-folder.ts';

const LEAST_KILLS = isInDepth ? 200 : 24;
const stages = ['open', 'counting', 'counted', 'closed'];

it('a shift that kill -9 meets at any step goes on there: one number, no gap, no Z twice, no money moved twice', async () => {
  const till = await createTillFolder();
  const nursery = process.platform === 'linux' ? await openNursery() : null;
  const figures: ShiftKills = { kills: 0, leftAt: {}, problems: [] };
  let found = nothingYet;
  // The kills fall where they may: it goes on until they met every stage.
  const isDone = () =>
    figures.kills >= LEAST_KILLS && stages.every((stage) => (figures.leftAt[stage] ?? 0) > 0);
  while (!isDone() && figures.problems.length === 0) found = await killOnce(till, nursery, found, figures);
  await nursery?.end();
  const healing = startChild(till.orders({ mode: 'heal', speed: 300 }));
  await healing.line((line) => line === 'closed');
  await healing.ended;
  inDatabase(till.database, (db) => {
    const keeper = keeperOf(db, liveFolder(till.folder), join(till.folder, 'copy', 'live'));
    figures.problems.push(...damage(db, [], keeper));
  });
  const left = Object.entries(figures.leftAt).map(([stage, times]) => `${times} ${stage}`);
  sayFigures(
    `kill -9 in a shift: ${figures.kills} kills (${left.join(', ')}), ${found.place}, ${figures.problems.length} problems`,
  );
  addToTotals({ kills: figures.kills, problems: figures.problems });
  expect(figures.problems).toEqual([]);
  await till.remove();
}, 600_000);
