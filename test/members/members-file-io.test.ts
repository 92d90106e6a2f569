import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameBytes } from '../../main/kernel/sealing/frames.ts';
import { type RunStep, withMembersFile, writeInSteps } from '../../main/members/members-file-io.ts';
import { temporaryFolder } from '../kit/till.ts';

const atOnce: RunStep = (work) => work();

/** A place that answers so many steps, and then only after they were given up. */
function hangsAfter(steps: number) {
  let left = steps;
  const late: Promise<unknown>[] = [];
  const run: RunStep = (work) => {
    left -= 1;
    if (left >= 0) return work();
    late.push(new Promise((resolve) => setImmediate(resolve)).then(work));
    return Promise.reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
  };
  return { run, settled: () => Promise.allSettled(late) };
}

const frame = frameBytes({ kind: 'data', content: Buffer.alloc(1_000_000) });

async function framesIn(path: string, run: RunStep, onFrame: () => void = () => undefined) {
  return withMembersFile(path, run, async ({ frames }) => {
    let count = 0;
    for await (const found of frames) {
      if (found === null) return 'cut-off';
      count += 1;
      onFrame();
    }
    return count;
  });
}

describe('a file of members on a share', () => {
  it('is read in pieces, and no further than any list goes, also where it grows meanwhile', async () => {
    const path = join(temporaryFolder(), 'members.sealed');
    writeFileSync(path, Buffer.concat([frame, frame]));
    expect(await framesIn(path, atOnce)).toBe(2);
    expect(await framesIn(path, atOnce, () => appendFileSync(path, frame))).toBe('too-large');
  });

  it('is not waited for where it comes a byte at a time', async () => {
    const path = join(temporaryFolder(), 'members.sealed');
    writeFileSync(path, frame);
    let reads = 0;
    const trickle: RunStep = async (work) => {
      const done = await work();
      const read = done as { bytesRead?: number };
      if (typeof read !== 'object' || read === null || read.bytesRead === undefined) return done;
      reads += 1;
      return { ...read, bytesRead: 1 } as typeof done;
    };
    expect(await framesIn(path, trickle)).toBe('too-large');
    expect(reads).toBeLessThan(5_000);
  });

  it.each([0, 1, 2, 3])('is given up where the place hangs after %i steps, and read later', async (steps) => {
    const path = join(temporaryFolder(), 'members.sealed');
    writeFileSync(path, frame);
    const { run, settled } = hangsAfter(steps);
    await expect(framesIn(path, run)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await settled();
    expect(await framesIn(path, atOnce)).toBe(1);
  });

  it('is written piece by piece to a new name, and given up where the place hangs or nobody wants it', async () => {
    const folder = temporaryFolder();
    const steps = { mode: 0o600, pause: async () => undefined, isCalledOff: () => false };
    const to = (name: string) => join(folder, name);
    expect(await writeInSteps(to('a'), [frame, frame], { ...steps, run: atOnce })).toBe(true);
    expect(readFileSync(to('a'))).toEqual(Buffer.concat([frame, frame]));
    await expect(writeInSteps(to('a'), [frame], { ...steps, run: atOnce })).rejects.toMatchObject({
      code: 'EEXIST',
    });
    const isCalledOff = () => true;
    expect(await writeInSteps(to('b'), [frame], { ...steps, isCalledOff, run: atOnce })).toBe(false);
    const { run, settled } = hangsAfter(2);
    await expect(writeInSteps(to('c'), [frame, frame], { ...steps, run })).rejects.toMatchObject({
      code: 'ETIMEDOUT',
    });
    await settled();
    expect(existsSync(to('c'))).toBe(true);
  });
});
