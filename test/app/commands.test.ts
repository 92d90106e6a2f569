import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { exportCommand, isTillFile, verifyCommand } from '../../main/app/commands.ts';
import { saveConfig } from '../../main/hosts/config.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { identity, openOutbox } from '../kit/outbox.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { forge } from '../support/forge.ts';

const config = {
  ...{ host: identity.accountHost, appId: 'APP', tillName: 'Counter 1', storeTimeZone: 'Asia/Singapore' },
  ...{ currency: 'SGD', language: 'en', tillNumber: 1, tillCount: 1 },
};

function setUpTill() {
  const till = openOutbox();
  saveConfig(createSettings(till.db), config);
  return till;
}
const partsOf = (file: string) => ({ file, clock: realClock, random: realRandom, protocol: kybio });
const verify = (file: string, key: string | null = 'KEY-ONE') => verifyCommand(partsOf(file), key);

describe('--verify', () => {
  it('counts what there is and finds nothing wrong, beside a running till', () => {
    const { file, add, attempt, force } = setUpTill();
    attempt(add().id, 'applied');
    attempt(add({ customerUid: '2' }).id, 'unknown');
    force(add({ customerUid: '3' }).id, 'review');
    expect(verify(file)).toEqual({
      ok: true,
      entries: 3,
      journal: null,
      states: { queued: 0, sending: 0, confirmed: 1, rejected: 0, unknown: 1, review: 1, cancelled: 0 },
      signatures: { valid: 3, invalid: 0, otherKey: 0 },
      problems: [],
    });
  });

  it.each([
    'UPDATE increment SET balance_increment_e4 = 990000',
    'UPDATE increment SET point_increment_e4 = 1',
    "UPDATE increment SET customer_uid = '99'",
    "UPDATE increment SET data_change_time = '2026-01-15 13:26:24'",
    "UPDATE journal SET content = replace(content, ':10,', ':99,')",
    "UPDATE journal SET content = replace(content, '}', '} ')",
  ])('finds %s', (sql) => {
    const { file, add } = setUpTill();
    add();
    forge(file, sql);
    const result = verify(file);
    expect(result.ok).toBe(false);
    expect(result.problems).toEqual(['entry 1: its signed body does not say what its columns say']);
  });

  it('finds a signature that is not of these bytes, and tells another key’s apart', () => {
    const { file, add, outbox } = setUpTill();
    const { signature = '' } = outbox.signedBody(add().id) ?? {};
    forge(
      file,
      `UPDATE journal SET content = replace(content, '${signature}', '0123456789ABCDEF0123456789ABCDEF')`,
    );
    expect(verify(file)).toMatchObject({ ok: false, signatures: { invalid: 1 } });
    expect(verify(file, 'KEY-TWO')).toMatchObject({ ok: true, signatures: { otherKey: 1 } });
    expect(verify(file, null)).toMatchObject({ ok: false, entries: 1 });
  });

  it('names a table that is gone, although nothing can be read without it', () => {
    const { file } = setUpTill();
    const db = new Database(file);
    db.exec('DROP TABLE setting');
    db.close();
    expect(verify(file)).toMatchObject({
      ok: false,
      problems: [
        'schema: table setting is gone',
        'schema: index sqlite_autoindex_setting_1 is gone',
        'database: database-failed',
      ],
    });
  });

  it('finds a trigger in the database of a till that was never set up', () => {
    const { file } = openOutbox();
    const db = new Database(file);
    db.exec('CREATE TRIGGER helpful AFTER INSERT ON increment BEGIN SELECT 1; END');
    db.close();
    expect(verify(file)).toMatchObject({
      ok: false,
      problems: ['schema: trigger helpful is not this till’s'],
    });
  });

  it('of a till that was never set up has nothing to say, with a file or without', () => {
    expect(verify(join(temporaryFolder(), 'none.db'), null)).toMatchObject({ ok: true, entries: 0 });
    const { file } = openOutbox();
    expect(verify(file, null)).toMatchObject({ ok: true, entries: 0 });
    expect(isTillFile(file)).toBe(false);
    expect(isTillFile(setUpTill().file)).toBe(true);
  });

  it('of a file that cannot be read says so and does not fall over', () => {
    const folder = temporaryFolder();
    const empty = join(folder, 'empty.db');
    writeFileSync(empty, '');
    const text = join(folder, 'text.db');
    writeFileSync(text, 'no database '.repeat(500));
    expect(verify(empty)).toMatchObject({ ok: false, problems: ['database: database-failed'] });
    expect(verify(text)).toMatchObject({ ok: false, problems: ['database: database-corrupt'] });
    expect(isTillFile(text)).toBe(true);
  });

  it('of damaged pages says so and does not fall over', () => {
    const { file, db, add } = setUpTill();
    for (let made = 0; made < 60; made += 1) add({ customerUid: String(made), note: 'x'.repeat(500) });
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, Math.floor(bytes.length / 2));
    writeFileSync(file, bytes);
    const result = verify(file);
    expect(result.ok).toBe(false);
    expect(result.problems.length).toBeGreaterThan(0);
  });
});

describe('--export', () => {
  it('writes all entries, readable by their owner only', () => {
    const { file, add } = setUpTill();
    add();
    add({ customerUid: '2' });
    const folder = temporaryFolder();
    for (const name of ['all.csv', 'all.jsonl']) {
      const target = join(folder, name);
      expect(exportCommand(partsOf(file), target)).toEqual({ ok: true, value: 2 });
      if (process.platform !== 'win32') expect(statSync(target).mode & 0o777).toBe(0o600);
      expect(readFileSync(target, 'utf8').trimEnd().split('\n')).toHaveLength(name.endsWith('csv') ? 3 : 2);
    }
    expect(readdirSync(folder).sort()).toEqual(['all.csv', 'all.jsonl']);
  });

  it('says why not, in words, and leaves no half of a file', () => {
    const { file, add } = setUpTill();
    add();
    const folder = temporaryFolder();
    const taken = join(folder, 'taken.csv');
    mkdirSync(taken);
    const say = (from: string, to: string) => {
      const result = exportCommand(partsOf(from), to);
      return result.ok ? 'written' : result.error;
    };
    expect(say(file, join(folder, 'all.txt'))).toMatch(/\.csv/);
    expect(say(file, join(folder, 'no', 'where.csv'))).toMatch(/cannot be written \(ENOENT\)/);
    expect(say(file, taken)).toMatch(/cannot be written \((EISDIR|EPERM)\)/);
    expect(say(join(folder, 'none.db'), join(folder, 'all.csv'))).toMatch(/nothing to export/);
    const empty = join(folder, 'empty.db');
    writeFileSync(empty, '');
    expect(say(empty, join(folder, 'all.csv'))).toMatch(/database cannot be read/);
    expect(existsSync(`${taken}.part`)).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['empty.db', 'taken.csv']);
  });
});
