import { expect, it } from 'vitest';
import { createLazyPart } from '../../../renderer/shared/lazy-part.ts';

it('is brought once, for all who ask, and is there from then on', async () => {
  let loads = 0;
  const part = createLazyPart(async () => {
    loads += 1;
    return `part ${loads}`;
  });
  expect(part.now()).toBeNull();
  expect(await Promise.all([part.load(), part.load()])).toEqual(['part 1', 'part 1']);
  expect(part.now()).toBe('part 1');
  expect(await part.load()).toBe('part 1');
});

it('is asked for again where it did not come, and nobody sees it fail', async () => {
  const waits: number[] = [];
  let failing = 2;
  const part = createLazyPart(
    async () => {
      failing -= 1;
      if (failing >= 0) throw new Error('no such file');
      return 'part';
    },
    (delayMs, action) => {
      waits.push(delayMs);
      action();
    },
  );
  expect(await part.load()).toBe('part');
  expect(waits).toEqual([1_000, 1_000]);
});
