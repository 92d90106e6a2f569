import { expect, it } from 'vitest';
import { createBringing } from '../../../renderer/shared/bringing.ts';

it('is brought once, for all who ask, and is there from then on', async () => {
  let loads = 0;
  const part = createBringing(async () => {
    loads += 1;
    return `part ${loads}`;
  });
  expect(part.now()).toBeNull();
  expect(await Promise.all([part.bring(), part.bring()])).toEqual(['part 1', 'part 1']);
  expect(part.now()).toBe('part 1');
  expect(await part.bring()).toBe('part 1');
});

it('is asked for again where it did not come, and nobody sees it fail', async () => {
  const waits: number[] = [];
  let failing = 2;
  const part = createBringing(
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
  expect(await part.bring()).toBe('part');
  expect(waits).toEqual([1_000, 1_000]);
});
