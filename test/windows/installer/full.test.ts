import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Counter } from './support/counter.ts';

const counter = new Counter();
const programs = dirname(counter.root);
const mount = (...args: readonly string[]) => execFileSync('mount', [...args]);
const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0;
const usedBytes = () => {
  const { blocks, bfree, bsize } = statfsSync(programs);
  return (blocks - bfree) * bsize;
};

const onADiskOf = (bytes: number) => {
  mkdirSync(programs, { recursive: true });
  mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', programs);
};
afterEach(() => {
  counter.endAll();
  spawnSync('umount', [programs]);
});
afterAll(counter.close);

// Only root gives a folder a disk of its own.
describe.skipIf(!mayMount)('where there is no room', () => {
  it.each([4_100_000, 5_500_000, 6_600_000])(
    'of %d bytes for two versions, the old one stays whole and gets its space back',
    async (bytes) => {
      onADiskOf(bytes);
      await counter.giveRunning('0.1.0');
      const used = usedBytes();
      expect(await counter.setUp('0.2.0')).toBe(2);
      expect(counter.running()).toBe('0.1.0');
      expect(counter.names()).not.toContain('app-0.2.0');
      expect(usedBytes()).toBeLessThanOrEqual(used);
      await counter.expectTill(`a disk of ${bytes} bytes`, '0.1.0');
    },
  );

  it('for a first install, nothing is left of it', async () => {
    onADiskOf(2_000_000);
    counter.clear();
    expect(await counter.setUp('0.1.0')).toBe(2);
    expect(counter.names()).toEqual([]);
    expect(counter.isDataAsBefore()).toBe(true);
  });
});

describe.skipIf(!mayMount)('where nothing may be written', () => {
  it('an update is refused, and the old version starts', async () => {
    onADiskOf(20_000_000);
    await counter.giveRunning('0.1.0');
    mount('-o', 'remount,ro', programs);
    expect(await counter.setUp('0.2.0')).toBe(2);
    expect(counter.running()).toBe('0.1.0');
    await counter.expectTill('no rights on the root', '0.1.0');
  });

  it('a first install is refused', async () => {
    onADiskOf(20_000_000);
    counter.clear();
    mount('-o', 'remount,ro', programs);
    expect(await counter.setUp('0.1.0')).toBe(2);
    expect(counter.isDataAsBefore()).toBe(true);
  });
});
