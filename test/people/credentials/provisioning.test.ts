import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readProvisioning, wipeProvisioning } from '../../../main/app/provisioning.ts';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { temporaryFolder } from './support.ts';

const APP_KEY = '2D8A1F0C99E04B7DA2F3C1E65B7F9A10';
const good = {
  host: 'https://area20-win.example.com/pospal-api2',
  appId: 'ABCDEF',
  appKey: APP_KEY,
  tillName: 'Front counter',
  storeTimeZone: 'Asia/Singapore',
  currency: 'SGD',
  language: 'en',
};
const NOW_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

function file(content: unknown): string {
  const path = join(temporaryFolder(), 'till.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
}

const read = (path: string) => readProvisioning(path, kybio.checkAddress);

const readField = (content: unknown) => {
  const result = read(file(content));
  return result.ok ? 'accepted' : result.error;
};
const invalid = (field: string) => ({ code: 'provisioning-invalid', details: { field } });

describe('reading', () => {
  test('takes the least and the most, with a byte-order mark too', () => {
    const most = { ...good, managerPin: '4826', tillNumber: 2, tillCount: 3 };
    for (const content of [good, most]) {
      expect(read(file(content))).toEqual({
        ok: true,
        value: { state: 'ready', provisioning: content },
      });
    }
    expect(read(file(`\ufeff${JSON.stringify(good)}`)).ok).toBe(true);
  });

  test.each(Object.keys(good))('names %s where it is missing, empty or no text', (field) => {
    const { [field]: _, ...rest } = good as Record<string, string>;
    expect(readField(rest)).toEqual(invalid(field));
    expect(readField({ ...good, [field]: '' })).toEqual(invalid(field));
    expect(readField({ ...good, [field]: 7 })).toEqual(invalid(field));
  });

  test.each([
    ['host', 'http://example.com'],
    ['host', 'ftp://example.com'],
    ['storeTimeZone', 'Asia/Atlantis'],
    ['currency', 'sgd'],
    ['currency', 'S$'],
    ['language', 'not a language'],
    ['language', 'de'],
    ['language', 'xx'],
    ['managerPin', '1234'],
    ['managerPin', 4826],
    ['tillNumber', 4],
    ['tillName', 'x'.repeat(101)],
  ])('refuses %s = %j', (field, value) => {
    const content = { ...good, ...(field === 'tillNumber' ? { tillCount: 3 } : {}), [field]: value };
    expect(readField(content)).toEqual(invalid(field));
  });

  test('a till number wants a till count', () => {
    expect(readField({ ...good, tillNumber: 1 })).toEqual(invalid('tillNumber'));
    expect(readField({ ...good, tillCount: 3 })).toEqual(invalid('tillNumber'));
  });

  test('a misspelt field is named, so that no PIN is left lying in the file unheeded', () => {
    expect(readField({ ...good, managerpin: '4826' })).toEqual(invalid('managerpin'));
  });

  test.each(['', '{', '[]', '7', 'null', '\0\0\0'])('no JSON object: %j', (content) => {
    expect(readField(content)).toEqual(invalid('file'));
  });

  test('no file, a folder and a giant are refused', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'inner'));
    for (const path of [join(folder, 'none.json'), join(folder, 'inner'), file(' '.repeat(70_000))]) {
      expect(read(path)).toEqual({ ok: false, error: invalid('file') });
    }
  });

  test('the refusal never carries a value of the file', () => {
    const said = JSON.stringify(read(file({ ...good, host: 'http://example.com' })));
    expect(said).not.toContain(APP_KEY);
    expect(said).not.toContain('example.com');
  });
});

describe('wiping', () => {
  test('takes key and PIN out, keeps the rest, says when', () => {
    const path = file({ ...good, managerPin: '4826' });
    expect(readFileSync(path, 'utf8')).toContain(APP_KEY);
    expect(wipeProvisioning(path, NOW_MS)).toEqual({ wiped: true });
    const { appKey: _, ...rest } = good;
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ...rest, imported: '2026-01-02T03:04:05.000Z' });
    expect(readFileSync(path, 'utf8')).not.toContain('4826');
    expect(read(path)).toEqual({
      ok: true,
      value: { state: 'imported', importedAt: '2026-01-02T03:04:05.000Z' },
    });
  });

  test('overwrites the very bytes: a second name of the file shows the key no more', () => {
    const path = file(good);
    const otherName = `${path}.other`;
    linkSync(path, otherName);
    expect(wipeProvisioning(path, NOW_MS)).toEqual({ wiped: true });
    expect(readFileSync(otherName, 'utf8')).not.toContain(APP_KEY);
  });

  test('leaves a valid file where it gets longer instead of shorter', () => {
    const path = file(JSON.stringify({ ...good, appKey: 'k' }));
    expect(wipeProvisioning(path, NOW_MS)).toEqual({ wiped: true });
    expect(read(path).ok).toBe(true);
  });

  test('a new key put into an imported file makes it ready again', () => {
    const path = file(good);
    wipeProvisioning(path, NOW_MS);
    const content = JSON.parse(readFileSync(path, 'utf8')) as object;
    writeFileSync(path, JSON.stringify({ ...content, appKey: 'next' }));
    expect(read(path)).toMatchObject({
      ok: true,
      value: { state: 'ready', provisioning: { appKey: 'next' } },
    });
  });

  test('a file that cannot be wiped is told, not thrown', () => {
    expect(wipeProvisioning(join(temporaryFolder(), 'gone.json'), NOW_MS)).toEqual({
      wiped: false,
      reason: 'ENOENT',
    });
  });
});

test('a pipe in the place of the file is refused, and nobody waits for its end', () => {
  const path = join(temporaryFolder(), 'pipe');
  if (process.platform === 'win32') mkdirSync(path);
  else execFileSync('mkfifo', [path]);
  expect(read(path)).toEqual({ ok: false, error: invalid('file') });
});
