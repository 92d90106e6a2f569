import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../faults/source-index.ts';
import { forkBench } from './mutants-bench.ts';
import { profileNames } from './scenario.ts';

const COMMAND = 'npm run -s simulate -- ';

/** The command as a person gives it, and what it tells. */
async function simulate(args: readonly string[]): Promise<{ code: unknown; printed: string }> {
  const script = join(projectRoot, 'scripts', 'simulate.mjs');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    printed += part;
  });
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, printed };
}

test('the same seed is the same run, to the last row of the last table', async () => {
  const asked = profileNames.map((profile, index) => ({ profile, seed: 4_711 + index }));
  const digests: string[][] = [];
  // Two processes, and another order: nothing of a run is left to the next.
  for (const order of [asked, asked.toReversed()]) {
    const bench = await forkBench(projectRoot);
    const byProfile = new Map<string, string>();
    for (const one of order) byProfile.set(one.profile, (await bench.run(one)).digest);
    digests.push(profileNames.map((profile) => byProfile.get(profile) ?? ''));
    await bench.close();
  }
  expect(digests[0]).toEqual(digests[1]);
  expect(new Set(digests[0]).size).toBe(profileNames.length);
});

test('a failing seed is shrunk, and the printed command replays it', async () => {
  const { code, printed } = await simulate([
    '--mutant=one-member-at-once',
    '--seed=5',
    '--profile=duplicates',
  ]);
  expect(code).toBe(1);
  const [, kept = '', all = ''] = /to (\d+) of (\d+) events/.exec(printed) ?? [];
  // Two entries of one member are enough to be out of order.
  expect(Number(kept)).toBeGreaterThanOrEqual(2);
  expect(Number(kept)).toBeLessThan(Number(all) / 4);

  const line = printed.split('\n').find((one) => one.includes(COMMAND));
  const args = line?.trim().slice(COMMAND.length).split(' ') ?? [];
  expect(args.filter((arg) => arg.startsWith('--events='))).toHaveLength(1);
  const again = await simulate(args);
  expect(again.code).toBe(1);
  expect(again.printed).toContain('out of order');
  const sound = await simulate(args.filter((arg) => !arg.startsWith('--mutant=')));
  expect(sound.printed).toContain('nothing broken');
  expect(sound.code).toBe(0);
});
