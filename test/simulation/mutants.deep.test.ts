import { afterAll, beforeAll, expect, test } from 'vitest';
import { patch } from '../security/support/patch.ts';
import { mutants } from './mutants.ts';
import { type ForkedBench, forkBench } from './mutants-bench.ts';
import { copyWith, projectRoot } from './mutants-copy.ts';
import { brokenOn, hunt, tellCatch } from './mutants-hunt.ts';

let sound: ForkedBench;
beforeAll(async () => {
  sound = await forkBench(projectRoot);
});
afterAll(() => sound.close());

test('there are ten, all of them in main/outbox and main/sync', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(10);
  const files = mutants.flatMap(({ patches }) => patches.map(({ file }) => file));
  expect(files.filter((file) => !/^main\/(outbox|sync)\//.test(file))).toEqual([]);
});

test.each(mutants)('finds $name: $says', async (mutant) => {
  const found = await hunt(mutant);
  if (found === null) throw new Error(`${mutant.name} was not found`);
  tellCatch(mutant, found);
  expect(await brokenOn(sound, found, mutant.hunt)).toEqual([]);
});

test('a mutant whose place in the source is gone is no mutant: it fails', () => {
  const gone = patch('main/outbox/settle.ts', 'no such words', '');
  expect(() => copyWith(projectRoot, 'gone', [gone])).toThrow('main/outbox/settle.ts: found 0 times');
  const elsewhere = patch('main/outbox/nobody.ts', 'a', 'b');
  expect(() => copyWith(projectRoot, 'gone', [elsewhere])).toThrow('main/outbox/nobody.ts: not found');
});
