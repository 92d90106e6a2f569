import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createHeadSlots } from '../../main/journal/head.ts';
import { temporaryFolder } from '../credentials/support.ts';

const headOf = (count: number) => ({ chain: 1, count, mac: 'a'.repeat(32) });

it('is kept in a folder that is not there yet, or that somebody takes away while the till runs', () => {
  const folder = join(temporaryFolder(), 'not', 'there');
  const slots = createHeadSlots(folder, Buffer.alloc(32, 9));
  for (const count of [1, 2]) slots.write(headOf(count));
  expect(slots.read()).toEqual(headOf(2));
  rmSync(folder, { recursive: true });
  expect(slots.read()).toBeNull();
  slots.write(headOf(3));
  expect(slots.read()).toEqual(headOf(3));
});
