import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renameFile, writeFileAtomically } from '../main/kernel/atomic-file.ts';
import { heldWaitsMs } from '../main/kernel/held-file.ts';
import { temporaryFolder } from './kit/till.ts';

/** A system on which so many tries to rename are refused. */
function refusing(times: number, code = 'EPERM', platform: NodeJS.Platform = 'win32') {
  const waited: number[] = [];
  let tries = 0;
  const renamed = renameFile('a', 'b', {
    platform,
    rename: async () => {
      tries += 1;
      if (tries <= times) throw Object.assign(new Error(code), { code });
    },
    wait: async (ms) => void waited.push(ms),
  });
  return { renamed, waited, tries: () => tries };
}

describe('a rename', () => {
  it.each(['EPERM', 'EBUSY', 'EACCES'])(
    'that Windows refuses with %s is tried again, longer each time',
    async (code) => {
      const { renamed, waited, tries } = refusing(3, code);
      await renamed;
      expect(waited).toEqual(heldWaitsMs.aside.slice(0, 3));
      expect(tries()).toBe(4);
    },
  );

  it('that stays refused fails', async () => {
    const { renamed, waited, tries } = refusing(100);
    await expect(renamed).rejects.toMatchObject({ code: 'EPERM' });
    expect(waited).toEqual(heldWaitsMs.aside);
    expect(tries()).toBe(heldWaitsMs.aside.length + 1);
  });

  it.each([
    ['for want of room', 'ENOSPC', 'win32'],
    ['of what is not there', 'ENOENT', 'win32'],
    ['on a system where a file that is open can be renamed', 'EACCES', 'linux'],
  ] as const)('that is refused %s fails at once', async (_, code, platform) => {
    const { renamed, waited } = refusing(1, code, platform);
    await expect(renamed).rejects.toMatchObject({ code });
    expect(waited).toEqual([]);
  });
});

it('a file is replaced as a whole, with nothing left beside it', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'f');
  writeFileSync(file, 'old');
  await writeFileAtomically(file, 'new', 'x');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['f']);
});
