import { join } from 'node:path';
import { expect, it } from 'vitest';
import { liveFolder } from '../../../main/kernel/folders.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { damage, disagreements, entriesOf, keeperOf } from '../../torture/support/inspect.ts';
import { startChild, startProgram } from '../../torture/support/process.ts';
import { createTillFolder, inDatabase } from '../../torture/support/till-folder.ts';
import { leftIn, missingOf } from './support/scribe.ts';
import { drawsOf } from './support/seeded.ts';

const TILLS = 10;
const SCRIBES = 6;
const pass = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

/** On Windows a signal ends a process as the task manager does: nothing of it runs any more. */
it('a till that is ended at any moment has all that it said was entered, chained, and under its head', async () => {
  const draws = drawsOf();
  const till = await createTillFolder();
  const acknowledged = new Set<string>();
  const problems: string[] = [];
  const moments = ['locked', 'opened', 'started', 'S', 'S', 'S'];
  const orders = () => till.orders({ pauseMs: [0, 3, 8][draws.below(3)] ?? 0 });
  for (let round = 0; round < TILLS; round += 1) {
    const child = startChild(orders());
    const after = moments[draws.below(moments.length)] ?? 'S';
    const least = 1 + draws.below(5);
    await (after === 'S'
      ? child.line(() => child.lines.filter((line) => line.startsWith('S ')).length >= least)
      : child.line((line) => line === after));
    await pass(draws.unit() * 60);
    child.signal('SIGKILL');
    await child.ended;
    for (const line of child.lines) {
      if (line.startsWith('S ')) acknowledged.add(line.slice(2));
      if (/^[!E]/.test(line)) problems.push(`round ${round}: ${line}`);
    }
  }
  // One that is left alone settles whatever the kills have left open.
  const healing = startChild(till.orders({ mode: 'heal', speed: 300 }));
  await healing.line((line) => line === 'closed');
  await healing.ended;
  till.nextDay();
  inDatabase(till.database, (db) => {
    const keeper = keeperOf(db, liveFolder(till.folder), join(till.folder, 'copy', 'live'));
    problems.push(...damage(db, acknowledged, keeper));
    problems.push(...disagreements(entriesOf(db), till.store.increments()));
  });
  process.stdout.write(`  ended ${TILLS} tills, ${acknowledged.size} acknowledged, seed ${draws.seed}\n`);
  await till.remove();
  expect({ seed: draws.seed, problems }).toEqual({ seed: draws.seed, problems: [] });
  expect(acknowledged.size).toBeGreaterThan(0);
});

it('heads, receipts that wait, backups and what is known of updates outlive a program that is ended at any moment', async () => {
  const draws = drawsOf();
  const folder = temporaryFolder();
  const lines: string[] = [];
  const program = join(import.meta.dirname, 'support', 'scribe-process.ts');
  let left = 0;
  for (let round = 0; round < SCRIBES; round += 1) {
    const heard: string[] = [];
    let wake = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const scribe = startProgram([program, folder, String(1 + round * 1_000)], {}, (line) => {
      heard.push(line);
      if (line.startsWith('head')) wake();
    });
    await Promise.race([first, scribe.ended]);
    await pass(draws.unit() * 500);
    scribe.signal('SIGKILL');
    const { code, signal } = await scribe.ended;
    expect({ code, signal }).toMatchObject({ signal: 'SIGKILL' });
    lines.push(...heard);
    left += leftIn(folder).length > 0 ? 1 : 0;
    expect({ seed: draws.seed, round, problems: missingOf(folder, heard) }).toEqual({
      ...{ seed: draws.seed, round },
      problems: [],
    });
  }
  process.stdout.write(
    `  ended ${SCRIBES} scribes after ${lines.length} lines, ${left} in the middle of a backup, seed ${draws.seed}\n`,
  );
  expect(missingOf(folder, lines)).toEqual([]);
});
