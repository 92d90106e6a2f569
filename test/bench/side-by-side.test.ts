import { expect, it } from 'vitest';
import { repeated, sideBySide } from './side-by-side.ts';

it('takes turns, and times what is awaited of each round but the first ones', async () => {
  const done: string[] = [];
  const work = (name: string) => async () => {
    await Promise.resolve();
    done.push(name);
  };
  const between = () => done.push('|');
  const { ours, against } = await sideBySide(2, work('o'), work('a'), { warmUp: 1, between });
  expect(done.join('')).toBe('ao|oa|ao|');
  expect([ours.length, against.length]).toEqual([2, 2]);
  expect([...ours, ...against].every((took) => took >= 0)).toBe(true);
});

it('does the same so many times', () => {
  let done = 0;
  repeated(7, () => {
    done += 1;
  })();
  expect(done).toBe(7);
});
