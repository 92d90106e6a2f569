import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  heldAmong,
  heldFailure,
  heldWaitsMs,
  isRefusedForNow,
  removeFileSync,
  whileRefused,
  whileRefusedSync,
} from '../main/kernel/held-file.ts';
import { temporaryFolder } from './kit/till.ts';

const refusal = (code: string, path = 'C:\\data\\live\\head-a.json') =>
  Object.assign(new Error(code), { code, path });

/** What refuses so many times and then does it. */
function refusing(times: number, code = 'EBUSY') {
  let tries = 0;
  return {
    tries: () => tries,
    act: () => {
      tries += 1;
      if (tries <= times) throw refusal(code);
      return 'done';
    },
  };
}

const sum = (waits: readonly number[]) => waits.reduce((all, ms) => all + ms, 0);

it('waits as long as it says: 200 ms by main, two seconds beside it, five before a till is open', () => {
  const { blocking, aside, opening } = heldWaitsMs;
  expect([blocking, aside, opening].map(sum)).toEqual([200, 2_000, 5_000]);
});

it.each([
  ['EBUSY', 'win32', true],
  ['EPERM', 'win32', true],
  ['EACCES', 'win32', true],
  ['EBUSY', 'linux', true],
  ['EPERM', 'linux', false],
  ['EACCES', 'linux', false],
  ['ENOENT', 'win32', false],
  ['ENOSPC', 'win32', false],
] as const)('%s on %s is worth another try: %s', (code, platform, isWorth) => {
  expect(isRefusedForNow(refusal(code), platform)).toBe(isWorth);
});

it('is told by its name alone, and only where it is held for certain', () => {
  expect(heldFailure(refusal('EBUSY'))).toEqual({ code: 'file-held', details: { file: 'head-a.json' } });
  expect(heldFailure(refusal('EBUSY', '/data/live/vault.json'))?.details).toEqual({ file: 'vault.json' });
  expect(heldFailure(refusal('EPERM'))).toBeNull();
  expect(heldFailure(null)).toBeNull();
});

describe('what is refused', () => {
  it('is done as soon as it is not any more', async () => {
    const waited: number[] = [];
    const { act, tries } = refusing(2, 'EPERM');
    await whileRefused(act, { platform: 'win32', wait: async (ms) => void waited.push(ms) });
    expect(waited).toEqual(heldWaitsMs.aside.slice(0, 2));
    expect(tries()).toBe(3);
    const blocked: number[] = [];
    expect(
      whileRefusedSync(refusing(2).act, { platform: 'win32', wait: (ms) => void blocked.push(ms) }),
    ).toBe('done');
    expect(blocked).toEqual(heldWaitsMs.blocking.slice(0, 2));
  });

  it('fails as it was refused last where it stays so', async () => {
    const wait = async () => undefined;
    await expect(whileRefused(refusing(99).act, { wait })).rejects.toMatchObject({ code: 'EBUSY' });
    const { act, tries } = refusing(99);
    expect(() => whileRefusedSync(act, { wait: () => undefined })).toThrow('EBUSY');
    expect(tries()).toBe(heldWaitsMs.blocking.length + 1);
  });

  it('for good is not tried again', async () => {
    const { act, tries } = refusing(1, 'ENOENT');
    await expect(whileRefused(act, { platform: 'win32' })).rejects.toMatchObject({ code: 'ENOENT' });
    expect(() => whileRefusedSync(refusing(1, 'EACCES').act, { platform: 'linux' })).toThrow('EACCES');
    expect(tries()).toBe(1);
  });
});

describe('files that somebody may hold', () => {
  const look = async (times: number, code = 'EBUSY', platform: NodeJS.Platform = 'win32') => {
    const { act, tries } = refusing(times, code);
    const waited: number[] = [];
    const wait = async (ms: number) => void waited.push(ms);
    const open = async (path: string) => void (path === 'b' && act());
    const held = await heldAmong(['a', 'b', 'c'], { platform, wait, open });
    return { held, waited, tries: tries() };
  };

  it('are waited for until all of them are free', async () => {
    expect(await look(3)).toEqual({ held: null, waited: heldWaitsMs.opening.slice(0, 3), tries: 4 });
  });

  it('are named after five seconds', async () => {
    const { held, waited } = await look(99);
    expect(held).toEqual({ code: 'file-held', details: { file: 'head-a.json' } });
    expect(waited).toEqual(heldWaitsMs.opening);
  });

  it.each(['ENOENT', 'EACCES', 'EPERM', 'EISDIR'])(
    'are left to who opens them where %s is wrong',
    async (code) => {
      expect(await look(99, code)).toMatchObject({ held: null, waited: [] });
    },
  );

  it('are not touched on another system: a file that is closed there loses its locks', async () => {
    expect(await look(99, 'EBUSY', 'linux')).toEqual({ held: null, waited: [], tries: 0 });
  });

  it('are as they were before', async () => {
    const path = join(temporaryFolder(), 'f');
    writeFileSync(path, 'x');
    expect(await heldAmong([path, `${path}-none`], { platform: 'win32' })).toBeNull();
    expect(readFileSync(path, 'utf8')).toBe('x');
  });
});

it('a file is removed, or there was none', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'f');
  writeFileSync(path, 'x');
  removeFileSync(path);
  removeFileSync(path);
  expect(() => readFileSync(path)).toThrow('ENOENT');
});
