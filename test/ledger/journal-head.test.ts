import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHeadSlots, headFiles } from '../../main/ledger/journal/head.ts';
import { temporaryFolder } from '../people/credentials/support.ts';

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

describe('a slot', () => {
  const journalKey = Buffer.alloc(32, 9);
  const filled = (upTo: number) => {
    const folder = temporaryFolder();
    const slots = createHeadSlots(folder, journalKey);
    for (let count = 1; count <= upTo; count += 1) slots.write(headOf(count));
    return { folder, slots, paths: headFiles.map((name) => join(folder, name)) };
  };
  const pathOf = (paths: readonly string[], count: number) =>
    paths.find((path) => JSON.parse(readFileSync(path, 'utf8')).count === count) ?? '';

  it('is relied on in no state that a power cut leaves of it, and the one before is', () => {
    const { slots, paths } = filled(4);
    const newest = pathOf(paths, 4);
    const written = readFileSync(newest);
    // What lay in its place before: written by the same hand, two heads ago.
    const before = readFileSync(pathOf(filled(2).paths, 2));
    expect(before.length).toBe(written.length);
    for (let cut = 0; cut < written.length; cut += 1) {
      const torn = Buffer.concat([written.subarray(0, cut), before.subarray(cut)]);
      writeFileSync(newest, torn);
      const isWhole = torn.equals(written);
      expect(slots.read()).toEqual(headOf(isWhole ? 4 : 3));
      writeFileSync(newest, Buffer.concat([before.subarray(0, cut), written.subarray(cut)]));
      expect(slots.read()?.count).toBeGreaterThanOrEqual(3);
    }
    truncateSync(newest, 0);
    expect(slots.read()).toEqual(headOf(3));
  });

  it('goes on from what an older version wrote in it, and from whatever lies there', () => {
    const { folder, paths } = filled(2);
    for (const path of paths) writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd()}\n`);
    const slots = createHeadSlots(folder, journalKey);
    expect(slots.read()).toEqual(headOf(2));
    slots.write(headOf(3));
    expect(slots.read()).toEqual(headOf(3));
    writeFileSync(pathOf(paths, 2), 'x'.repeat(10_000));
    slots.write(headOf(4));
    expect(slots.read()).toEqual(headOf(4));
  });
});
