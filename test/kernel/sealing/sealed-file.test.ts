import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameAt } from '../../../main/kernel/sealing/frames.ts';
import { isWeakPassphrase, type Lock, makeLock, openLock } from '../../../main/kernel/sealing/lock.ts';
import { hashOfFile, sealFile, unsealFile } from '../../../main/kernel/sealing/sealed-file.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { temporaryFolder } from '../../kit/till.ts';

const passphrase = 'seven kopi peng at noon';
const secret = 'appKey-of-the-shop-0123456789';

/** To guess is made slow: each lock is opened once. */
const known = new Map<string, ReturnType<typeof openLock>>();
const keyFor = (lock: Lock, by: string) => {
  const name = `${lock.salt} ${by}`;
  const key = known.get(name) ?? openLock(lock, by);
  known.set(name, key);
  return key;
};
const lockOnce = makeLock(passphrase, realRandom);

async function sealed(bytes: Buffer) {
  const folder = temporaryFolder();
  const [plain, to, back] = ['plain', 'sealed', 'back'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(plain, bytes);
  const hash = await sealFile(plain, to, await lockOnce, realRandom);
  return { to, back, hash, open: (by = passphrase) => unsealFile(to, back, (lock) => keyFor(lock, by)) };
}

const starts = (bytes: Buffer): readonly number[] => {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    found.push(at);
    const frame = frameAt(bytes, at);
    if (frame === null) throw new Error('no frame');
    at = frame.end;
  }
  return found;
};

describe('a sealed file', () => {
  it.each([0, 1, 262_144, 262_145, 1_000_000])('of %i bytes opens to the same', async (size) => {
    const bytes = Buffer.from(realRandom.bytes(size));
    const { to, back, hash, open } = await sealed(bytes);
    expect(await hashOfFile(to)).toBe(hash);
    expect(await open()).toEqual({ ok: true, value: {} });
    expect(readFileSync(back).equals(bytes)).toBe(true);
  });

  it('opens to no other passphrase, and to the same one however it was typed', async () => {
    const { open } = await sealed(Buffer.from('x'));
    expect(await open('seven kopi peng at non')).toMatchObject({
      ok: false,
      error: { code: 'passphrase-wrong' },
    });
    expect(await open(` ${passphrase.replace('k', 'ｋ')} `)).toMatchObject({ ok: true });
  });

  it('shows nothing of what is in it, and never the same bytes twice', async () => {
    const bytes = Buffer.from(secret.repeat(100));
    const [one, other] = await Promise.all([sealed(bytes), sealed(bytes)]);
    const [first, second] = [readFileSync(one.to), readFileSync(other.to)];
    expect(first.includes(secret)).toBe(false);
    expect(first.equals(second)).toBe(false);
  });

  it('of which anything was changed, swapped, left out or added is refused', async () => {
    const { to, open } = await sealed(realRandom.bytes(700_000));
    const whole = readFileSync(to);
    const [, first = 0, second = 0, third = 0, last = 0] = starts(whole);
    const part = (from: number, until: number) => whole.subarray(from, until);
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(first + 100) ^ 1, first + 100);
    const claimed = Buffer.from(whole);
    claimed.writeUInt32BE(0xffffffff, first);
    const renamed = Buffer.from(whole);
    renamed.writeUInt8(2, third + 4);
    const cases: readonly Buffer[] = [
      ...[changed, claimed, renamed, Buffer.alloc(0), Buffer.from('<html>')],
      part(0, whole.length - 1),
      part(0, last),
      part(first, whole.length),
      Buffer.concat([part(0, first), part(second, third), part(first, second), part(third, whole.length)]),
      Buffer.concat([part(0, second), part(third, whole.length)]),
      Buffer.concat([whole, part(first, second)]),
    ];
    for (const bytes of cases) {
      writeFileSync(to, bytes);
      expect(await open()).toMatchObject({ ok: false, error: { code: 'backup-damaged' } });
    }
  });
});

it('what could be guessed is no passphrase', () => {
  for (const weak of ['', '271828', 'short pass', 'aaaaaaaaaaaaaaaa', '            x']) {
    expect(isWeakPassphrase(weak)).toBe(true);
  }
  expect(isWeakPassphrase(passphrase)).toBe(false);
});

it('a lock tells its passphrase from others, and says nothing of it', async () => {
  const lock = await makeLock(passphrase, realRandom);
  expect(JSON.stringify(lock)).not.toContain('kopi');
  expect(await openLock(lock, 'another passphrase')).toBeNull();
  expect(await openLock(lock, passphrase)).not.toBeNull();
});
