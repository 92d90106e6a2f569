import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { createFileLogger } from '../../../main/app/log/logger.ts';
import { redactText, redactValue } from '../../../main/app/log/redact.ts';
import { openRotatingFile } from '../../../main/app/log/rotating-file.ts';
import { temporaryFolder } from '../../people/credentials/support.ts';

const APP_KEY = '683617643339437382';
const secrets = {
  signature: '5C4D0D4BE3E8B29E4F4A6B9E2F0A1C77',
  lowercase: '5c4d0d4be3e8b29e4f4a6b9e2f0a1c77',
  phone: '+65 9123 4567',
  phone2: '13800138000',
  phone3: '(021) 5555-1234',
  body: '{"appId":"ABC","customerUid":231607639459718452,"balanceIncrement":50.00}',
};
const harmless = [
  'e1a0f8c2-6f0b-4b0e-9d57-0d8f3d9d2a11',
  '231607639459718452',
  '2026-01-02 13:26:23',
  '2026-01-02T13:26:23.000Z',
  '127.0.0.1:54321',
  'ECONNRESET after 60000 ms',
  'outbox.confirmed',
  '50.00',
  '1240.5000',
];

const read = (folder: string) => readFileSync(join(folder, 'till.log'), 'utf8');

describe('redaction', () => {
  test.each(Object.entries(secrets))('masks a %s inside words', (_, secret) => {
    const masked = redactText(`KYBIO said: ${secret} is wrong`);
    expect(masked).toBe('KYBIO said: [hidden] is wrong');
  });
  test.each(harmless)('leaves %s alone', (text) => {
    expect(redactText(text)).toBe(text);
    expect(redactText(`(${text})`)).toBe(`(${text})`);
  });
  test.each([
    'appKey',
    'managerPin',
    'password',
    'passphrase',
    'dataSignature',
    'signed_body',
    'maskedPhone',
  ])('hides any value named %s', (name) => {
    expect(redactValue(name, '4826')).toBe('[hidden]');
    expect(redactValue(name, 4826)).toBe('[hidden]');
  });
  test.each(['pinned', 'mapping', 'keyboard', 'bodyless'])('a name that only looks like one: %s', (name) => {
    expect(redactValue(name, '4826')).toBe('4826');
  });
  test.each([
    '"appKey": "k-1"',
    'appKey=k-1',
    "password: 'k-1'",
    'passphrase=k-1',
    'Data-Signature: k-1',
    'pin=k-1',
  ])('masks %s', (text) => {
    expect(redactText(`x ${text} y`)).not.toContain('k-1');
  });
});

test('no secret reaches the file, whichever way it is logged; without the net every one does', () => {
  const folder = temporaryFolder();
  const logger = createFileLogger({ folder });
  logger.hide(APP_KEY);
  const plainLines: string[] = [];
  const plain = pino({ base: null }, { write: (line) => void plainLines.push(line) });
  const all = [APP_KEY, ...Object.values(secrets)];
  for (const secret of all) {
    logger.warn(`event ${secret}`, { reason: `Error: ${secret}\n    at x` });
    plain.warn({ reason: `Error: ${secret}\n    at x` }, `event ${secret}`);
  }
  logger.close();
  const written = read(folder);
  for (const secret of all) {
    const inJson = JSON.stringify(secret).slice(1, -1);
    expect(written).not.toContain(inJson);
    expect(plainLines.join('')).toContain(inJson);
  }
  expect(written.match(/\[hidden\]/g)).toHaveLength(2 * all.length);
});

test('a line is on the disk when the call returns, as JSON with a time and its values', () => {
  const folder = temporaryFolder();
  const logger = createFileLogger({ folder: join(folder, 'logs') });
  logger.error('outbox.failed', { entry: 'e1', attempts: 3, fatal: false, cause: null });
  const line = JSON.parse(read(join(folder, 'logs'))) as Record<string, unknown>;
  expect(line).toEqual({
    level: 50,
    time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
    entry: 'e1',
    attempts: 3,
    fatal: false,
    cause: null,
    msg: 'outbox.failed',
  });
  if (process.platform !== 'win32') expect(statSync(logger.path).mode & 0o777).toBe(0o600);
  logger.close();
});

test('a secret that is shorter than a line of words is not hunted for', () => {
  const folder = temporaryFolder();
  const logger = createFileLogger({ folder });
  logger.hide('a');
  logger.hide('');
  logger.info('a.event');
  expect(read(folder)).toContain('a.event');
});

describe('rotation', () => {
  test('keeps so many files of at most so many bytes, the newest lines first in line', () => {
    const folder = temporaryFolder();
    const file = openRotatingFile({ folder, name: 'till', maxBytes: 100, files: 3 });
    for (let n = 10; n < 60; n += 1) file.write(`${n}${'.'.repeat(17)}\n`);
    file.close();
    expect(readdirSync(folder).sort()).toEqual(['till.1.log', 'till.2.log', 'till.log']);
    const first = (name: string) => readFileSync(join(folder, name), 'utf8').slice(0, 2);
    expect([first('till.log'), first('till.1.log'), first('till.2.log')]).toEqual(['55', '50', '45']);
    for (const name of readdirSync(folder))
      expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(100);
  });

  test('a full file from before the start is set aside, a fresh one is added to', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'till.log'), 'x'.repeat(99));
    const options = { folder, name: 'till', maxBytes: 100, files: 2 };
    const first = openRotatingFile(options);
    first.write('one\n');
    first.close();
    const second = openRotatingFile(options);
    second.write('two\n');
    second.close();
    expect(readFileSync(join(folder, 'till.log'), 'utf8')).toBe('one\ntwo\n');
    expect(readFileSync(join(folder, 'till.1.log'), 'utf8')).toBe('x'.repeat(99));
  });

  test('a log that cannot be written stops nobody, and goes on when it can', () => {
    const folder = join(temporaryFolder(), 'logs');
    writeFileSync(folder, 'a file where the folder should be');
    const logger = createFileLogger({ folder });
    expect(() => logger.info('lost')).not.toThrow();
    expect(existsSync(logger.path)).toBe(false);
    const elsewhere = join(temporaryFolder(), 'logs');
    const later = createFileLogger({ folder: elsewhere });
    mkdirSync(join(elsewhere, 'till.log'), { recursive: true });
    expect(() => later.info('lost')).not.toThrow();
  });
});
