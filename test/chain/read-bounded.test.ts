import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBounded } from '../../main/chain/read-bounded.ts';
import { itOnPosix } from '../kit/posix.ts';
import { temporaryFolder } from '../kit/till.ts';

const inFolder = (name = 'shop.json') => join(temporaryFolder(), name);
const problem = async (path: string, most = 100) => {
  const read = await readBounded(path, most);
  return read.ok ? null : read.error;
};

describe('a file of a shared folder', () => {
  it('is read whole up to its limit', async () => {
    const file = inFolder();
    writeFileSync(file, 'x'.repeat(100));
    expect(await readBounded(file, 100)).toEqual({ ok: true, value: Buffer.from('x'.repeat(100)) });
    writeFileSync(file, '');
    expect(await readBounded(file, 100)).toEqual({ ok: true, value: Buffer.alloc(0) });
  });

  it('is not read where it is too large, were it fifty megabytes', async () => {
    const file = inFolder();
    writeFileSync(file, '');
    truncateSync(file, 50_000_000);
    expect(await problem(file)).toBe('too-large');
  });

  it('is told from none, from a folder, and from one in a folder that is gone', async () => {
    const folder = inFolder();
    expect(await problem(folder)).toBe('missing');
    expect(await problem(join(folder, 'shop.json'))).toBe('missing');
    mkdirSync(folder);
    expect(await problem(folder)).toBe('unreadable');
  });

  itOnPosix('is not followed where it is a link, and never waited for where it has no end', async () => {
    const file = inFolder();
    writeFileSync(`${file}.real`, '{}');
    symlinkSync(`${file}.real`, file);
    expect(await problem(file)).toBe('link');
    const pipe = inFolder();
    execFileSync('mkfifo', [pipe]);
    expect(await problem(pipe)).toBe('unreadable');
    expect(await problem('/dev/zero')).toBe('unreadable');
    const twice = inFolder();
    linkSync(`${file}.real`, twice);
    expect((await readBounded(twice, 100)).ok).toBe(true);
  });
});
