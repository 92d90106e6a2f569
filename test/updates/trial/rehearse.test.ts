import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { rehearseHere } from '../../../main/app/electron/run-rehearsal.ts';
import { databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { createMemoryVault, type Vault } from '../../../main/people/credentials/vault.ts';
import { copyForRehearsal } from '../../../main/updates/trial/rehearse-update.ts';
import { copyOfClosedTill } from '../../kit/closed-till.ts';
import { keys, otherJournalKey } from '../../kit/closed-till-keys.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { forge } from '../../support/forge.ts';

const theKeys = createMemoryVault(keys, realRandom);

const version = '1.1.0';

const rehearsed = (folder: string, vault: Pick<Vault, 'load'> = theKeys) =>
  rehearseHere({ folder, version, vault, clock: realClock, random: realRandom });

/** Every file below a folder, with its bytes. */
const allOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path).toString('base64')] as const;
    })
    .sort(([one], [other]) => one.localeCompare(other));

/** A closed till, what was done to it, and its copy. */
async function copied(harm: (live: string) => void = () => undefined) {
  const data = copyOfClosedTill();
  harm(liveFolder(data));
  const copy = join(temporaryFolder(), 'data');
  await copyForRehearsal({ folder: data, headCopyFolder: join(data, 'copy') }, copy);
  return { data, copy };
}

describe('the rehearsal of a program', () => {
  it('on a copy of a till finds nothing wrong, and leaves nothing', async () => {
    const { data, copy } = await copied();
    const before = allOf(data);
    expect(await rehearsed(copy)).toEqual({ ok: true, version, problems: [] });
    expect(existsSync(copy)).toBe(false);
    expect(allOf(data)).toEqual(before);
  });

  it('on a PC without a live till is a practice top-up', async () => {
    const copy = join(temporaryFolder(), 'data');
    await copyForRehearsal({ folder: temporaryFolder(), headCopyFolder: temporaryFolder() }, copy);
    expect(await rehearsed(copy)).toEqual({ ok: true, version, problems: [] });
  });

  it('refuses a journal that is broken', async () => {
    const { copy } = await copied((live) =>
      forge(
        databaseFile(live),
        'UPDATE journal SET at_ms = at_ms + 1 WHERE number = (SELECT MAX(number) - 5 FROM journal)',
      ),
    );
    const { ok, problems } = await rehearsed(copy);
    expect(ok).toBe(false);
    expect(problems[0]).toMatch(/^journal: broken at row/);
    expect(existsSync(copy)).toBe(false);
  });

  it('refuses a journal from which the newest rows are gone', async () => {
    const { copy } = await copied((live) =>
      forge(databaseFile(live), 'DELETE FROM journal WHERE rowid = (SELECT MAX(rowid) FROM journal)'),
    );
    expect(await rehearsed(copy)).toMatchObject({ ok: false });
  });

  it.each<[string, Pick<Vault, 'load'>, RegExp]>([
    [
      'does not open the keyring',
      { load: async () => ({ state: 'lost', reason: 'keyring-unavailable' }) },
      /app key is not at hand/,
    ],
    [
      'has another journal key',
      createMemoryVault({ ...keys, journalKey: otherJournalKey }, realRandom),
      /journal/,
    ],
  ])('refuses where it %s', async (_, vault, words) => {
    const { copy } = await copied();
    const { ok, problems } = await rehearsed(copy, vault);
    expect(ok).toBe(false);
    expect(problems.join('\n')).toMatch(words);
  });

  it('refuses a database that is damaged or of a version still to come', async () => {
    const damaged = await copied();
    writeFileSync(databaseFile(liveFolder(damaged.copy)), 'no database '.repeat(500));
    expect(await rehearsed(damaged.copy)).toMatchObject({ problems: ['database: database-corrupt'] });
    const newer = await copied((live) => {
      const db = new Database(databaseFile(live));
      db.pragma('user_version = 999');
      db.close();
    });
    expect(await rehearsed(newer.copy)).toMatchObject({ problems: ['database: database-newer'] });
  });

  it('touches nothing in a folder that was not made for it, also where a till works on that', async () => {
    const data = copyOfClosedTill();
    const before = allOf(data);
    expect(await rehearsed(data)).toMatchObject({ ok: false, problems: [/not made for a rehearsal/] });
    expect(allOf(data)).toEqual(before);
    const { copy } = await copied();
    mkdirSync(join(copy, 'till.lock'));
    expect(await rehearsed(copy)).toMatchObject({ ok: false });
    expect(existsSync(databaseFile(liveFolder(copy)))).toBe(true);
  });
});

it('the copy has the sealed keys as they lie there, and is readable by its owner only', async () => {
  const { data, copy } = await copied((live) => writeFileSync(join(live, 'vault.json'), '{"sealed":1}'));
  expect(readFileSync(join(liveFolder(copy), 'vault.json'), 'utf8')).toBe('{"sealed":1}');
  const plain = [keys.appKey, keys.journalKey.toString('base64'), keys.pinPepper.toString('base64')];
  for (const [path] of allOf(copy))
    for (const key of plain) expect(readFileSync(path).includes(key)).toBe(false);
  expect(allOf(data).length).toBeGreaterThan(0);
});
