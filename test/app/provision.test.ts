import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountProblem, configureLive, liveConfig } from '../../main/app/live-account.ts';
import { provision } from '../../main/app/provision.ts';
import { noShifts } from '../../main/day/shifts/shift-steps.ts';
import { checkConnection, loadConfig } from '../../main/hosts/config.ts';
import { loadEvidencePolicy, POLICY_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { mustOpen } from '../kernel/database/support.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../kit/till.ts';

const good = {
  host: 'https://kybio.example/prefix/',
  appId: 'APP',
  appKey: 'SECRET-KEY',
  tillName: 'Counter 3',
  storeTimeZone: 'Asia/Singapore',
  currency: 'SGD',
  language: 'en',
  managerPin: '864209',
};

/** As the till keeps a shift that is open, beside its journal. */
const openShift = {
  ...noShifts(0),
  open: {
    ...{ id: 'A', number: 1, fromSequence: 1, openedAtMs: 1, openedBy: 'Ann', openedAtRow: 0 },
    ...{ businessDay: '2026-01-15', float: '100', drawer: 'own', moves: [], newestMs: 1, clockBack: null },
    ...{ isCounting: false, counted: null, isFromCopy: false, opening: noShifts(0).opening },
  },
};

function installer(content: object = good) {
  const folder = temporaryFolder();
  const path = join(folder, 'till.json');
  const write = (what: object) => writeFileSync(path, JSON.stringify(what));
  write(content);
  const vault = createMemoryVault(null, realRandom);
  const parts = {
    vault,
    protocol: kybio,
    accountProblem: (config: Parameters<typeof accountProblem>[1]) => accountProblem(folder, config),
    configureLive: (config: Parameters<typeof configureLive>[1]) => configureLive(folder, config),
    liveConfig: () => liveConfig(folder),
    clock: realClock,
    logger: silentLogger,
  };
  return {
    ...{ path, vault, write },
    run: () => provision(path, parts),
    db: () => mustOpen(databaseFile(liveFolder(folder))),
    config: () => loadConfig(createSettings(mustOpen(databaseFile(liveFolder(folder))))),
    refuseDisk: () => provision(path, { ...parts, configureLive: () => ({ code: 'disk-full' as const }) }),
  };
}

describe('a provisioning file', () => {
  it('for another account starts with an empty directory, and nothing that was read of the log', async () => {
    const { run, config, write, db } = installer();
    expect(await run()).toMatchObject({ ok: true });
    const directory = createDirectoryRepository(db());
    directory.keepAll([{ member: { ...meiLing, balance: '1', point: '0' } as never, isBaseline: true }], 1);
    const matching = ['matching.job', 'matching.days', 'matching.page.0', 'matching.page.7'];
    for (const key of matching) createSettings(db()).set(key, '{}');
    write({ ...good, appId: 'OTHER', appKey: 'OTHER-KEY' });
    expect(await run()).toMatchObject({ ok: true });
    expect(config()).toMatchObject({ appId: 'OTHER' });
    expect(createDirectoryRepository(db()).count()).toBe(0);
    const left = createSettings(db());
    expect(matching.filter((key) => left.get(key) !== null)).toEqual([]);
  });

  describe.each([
    ['host', { host: 'https://other.example' }],
    ['App ID', { appId: 'OTHER' }],
    ['currency', { currency: 'MYR' }],
  ])('that changes the %s', (_, change) => {
    const installed = async () => {
      const till = installer();
      await till.run();
      till.write({ ...good, ...change, appKey: 'OTHER-KEY' });
      const refuses = async (details: object) => {
        expect(await till.run()).toMatchObject({ ok: false, error: { code: 'other-account', details } });
        expect(till.config()).toMatchObject({
          ...{ host: 'https://kybio.example/prefix', appId: 'APP', currency: 'SGD' },
        });
        expect(await till.vault.load()).toMatchObject({ secrets: { appKey: 'SECRET-KEY' } });
      };
      return { ...till, refuses };
    };

    it('is refused for ever once there was an entry, and says whether one is open', async () => {
      const { db, refuses } = await installed();
      const entry = openOutbox({ file: db().name }).add();
      const account = { host: 'https://kybio.example/prefix', appId: 'APP' };
      await refuses({ ...account, reason: 'open' });
      db().prepare("UPDATE increment SET state = 'cancelled' WHERE id = ?").run(entry.id);
      await refuses({ ...account, reason: 'settled' });
    });

    it('is refused where the journal alone knows of an entry', async () => {
      const { db, refuses } = await installed();
      openOutbox({ file: db().name }).add();
      db().exec('PRAGMA foreign_keys = OFF; DELETE FROM increment');
      await refuses({ reason: 'settled' });
    });

    it.each([
      ['an open', openShift],
      ['a closed', { ...openShift, open: null }],
    ])('is refused over %s shift', async (_of, shift) => {
      const { db, refuses } = await installed();
      createSettings(db()).set('shift', JSON.stringify(shift));
      await refuses({ reason: 'settled' });
    });
  });

  it('for a till with entries whose account is gone is refused: nobody knows whose they are', async () => {
    const { run, vault, write, db } = installer();
    expect(await run()).toMatchObject({ ok: true });
    db().prepare("DELETE FROM setting WHERE key = 'till.config'").run();
    write({ ...good, appKey: 'NEXT-KEY' });
    const { add } = openOutbox({ file: db().name });
    add();
    expect(await run()).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
    expect(await vault.load()).toMatchObject({ secrets: { appKey: 'SECRET-KEY' } });
  });

  it('sets the till up, and is wiped of the key and the PIN only then', async () => {
    const { run, config, vault, path } = installer();
    const imported = await run();
    if (!imported.ok || imported.value === null) throw new Error('not imported');
    expect(imported.value.managerPin).toBe('864209');
    expect(config()).toMatchObject({ tillName: 'Counter 3', appId: 'APP', tillNumber: 1, tillCount: 1 });
    expect(JSON.stringify(config())).not.toContain('SECRET-KEY');
    expect(await vault.load()).toMatchObject({ state: 'present', secrets: { appKey: 'SECRET-KEY' } });
    expect(readFileSync(path, 'utf8')).toContain('SECRET-KEY');
    expect(imported.value.wipe()).toBe(true);
    expect(readFileSync(path, 'utf8')).not.toMatch(/SECRET-KEY|864209/);
    expect(await run()).toEqual({ ok: true, value: null });
  });

  it('with a new key in it is imported again, and the place among the tills is kept as told', async () => {
    const { run, config, vault, write } = installer();
    const first = await run();
    if (first.ok) first.value?.wipe();
    write({ ...good, appKey: 'NEXT-KEY', tillNumber: 2, tillCount: 3 });
    expect(await run()).toMatchObject({ ok: true });
    expect(await vault.load()).toMatchObject({ secrets: { appKey: 'NEXT-KEY' } });
    expect(config()).toMatchObject({ tillNumber: 2, tillCount: 3 });
  });

  it('changes only what it names: a new key without a number keeps number and count', async () => {
    const { run, config, vault, write } = installer({
      ...{ ...good, tillNumber: 2, tillCount: 3 },
    });
    expect(await run()).toMatchObject({ ok: true });
    const before = config();
    write({ ...good, appKey: 'NEXT-KEY' });
    expect(await run()).toMatchObject({ ok: true });
    expect(await vault.load()).toMatchObject({ secrets: { appKey: 'NEXT-KEY' } });
    expect(JSON.stringify(config())).toBe(JSON.stringify(before));
    expect(config()).toMatchObject({ tillNumber: 2, tillCount: 3 });
  });

  it('that gives another number unticks what was declared of the numbers before, and one that names none does not', async () => {
    const { run, config, write, db } = installer({ ...good, tillNumber: 2, tillCount: 3 });
    await run();
    const settings = createSettings(db());
    settings.set(POLICY_KEY, JSON.stringify({ tillNumbersDeclared: true, callsPerDay: 500 }));
    write({ ...good, appKey: 'NEXT-KEY' });
    await run();
    expect(loadEvidencePolicy(createSettings(db())).tillNumbersDeclared).toBe(true);
    write({ ...good, appKey: 'NEXT-KEY', tillNumber: 2, tillCount: 4 });
    await run();
    expect(config()).toMatchObject({ tillNumber: 2, tillCount: 4 });
    expect(JSON.parse(createSettings(db()).get(POLICY_KEY) ?? '')).toEqual({
      tillNumbersDeclared: false,
      callsPerDay: 500,
    });
  });

  it('that changes the time zone over an open entry or an open shift is refused, and changes nothing', async () => {
    const { run, config, vault, write, db } = installer();
    await run();
    const change = { storeTimeZone: 'Europe/London' };
    const entry = openOutbox({ file: db().name }).add();
    const refusedFor = async (code: string) => {
      write({ ...good, ...change, appKey: 'NEXT-KEY' });
      expect(await run()).toMatchObject({ ok: false, error: { code } });
      expect(config()).toMatchObject({ storeTimeZone: 'Asia/Singapore' });
      expect(await vault.load()).toMatchObject({ secrets: { appKey: 'SECRET-KEY' } });
    };
    await refusedFor('entries-open-for-change');
    db().prepare("UPDATE increment SET state = 'cancelled' WHERE id = ?").run(entry.id);
    createSettings(db()).set('shift', JSON.stringify(openShift));
    await refusedFor('shift-open-for-change');
    write({ ...good, appKey: 'NEXT-KEY' });
    expect(await run()).toMatchObject({ ok: true });
    createSettings(db()).set('shift', JSON.stringify({ ...openShift, open: null }));
    write({ ...good, ...change });
    expect(await run()).toMatchObject({ ok: true });
    expect(config()).toMatchObject(change);
  });

  it('for a till whose settings are damaged is refused by a code, and its key is not kept', async () => {
    const { run, vault, write, db } = installer();
    expect(await run()).toMatchObject({ ok: true });
    db().prepare("UPDATE setting SET value = '{' WHERE key = 'till.config'").run();
    write({ ...good, appKey: 'NEXT-KEY' });
    expect(await run()).toMatchObject({ ok: false, error: { code: 'database-corrupt' } });
    expect(await vault.load()).toMatchObject({ secrets: { appKey: 'SECRET-KEY' } });
  });

  it('is not wiped where the till could not keep it', async () => {
    const { refuseDisk, path } = installer();
    expect(await refuseDisk()).toEqual({ ok: false, error: { code: 'disk-full' } });
    expect(readFileSync(path, 'utf8')).toContain('SECRET-KEY');
  });

  it.each([
    [{ host: 'http://kybio.example' }, 'host'],
    [{ appKey: '' }, 'appKey'],
    [{ appId: undefined }, 'appId'],
    [{ tillName: '' }, 'tillName'],
    [{ storeTimeZone: 'Asia/Atlantis' }, 'storeTimeZone'],
    [{ currency: 'dollar' }, 'currency'],
    [{ managerPin: '1234' }, 'managerPin'],
    [{ managerpin: '864209' }, 'managerpin'],
    [{ tillNumber: 3, tillCount: 2 }, 'tillNumber'],
    [{ tillNumber: 0, tillCount: 2 }, 'tillNumber'],
  ])('with %j names the field, and changes nothing', async (change, field) => {
    const { run, vault } = installer({ ...good, ...change });
    expect(await run()).toMatchObject({
      ok: false,
      error: { code: 'provisioning-invalid', details: { field } },
    });
    expect(await vault.load()).toEqual({ state: 'absent' });
  });
});

describe('what a person typed to connect', () => {
  const typed = { ...good, host: ' https://kybio.example/prefix/ ', managerPin: undefined };
  const { managerPin: _, ...connection } = typed;

  it('is trimmed', () => {
    const checked = checkConnection(
      { ...connection, tillName: ' A ', currency: ' sgd ', appKey: ' K ' },
      kybio,
    );
    expect(checked).toMatchObject({ ok: true, value: { tillName: 'A', currency: 'SGD', appKey: 'K' } });
    if (checked.ok) expect(checked.value.host).toBe('https://kybio.example/prefix');
  });

  it.each([
    ['appId', ' '],
    ['appKey', ''],
    ['tillName', ''],
    ['storeTimeZone', 'Singapore Time'],
    ['currency', 'SG'],
    ['currency', 'ZZZ'],
  ])('%s of %j is refused by name', (field, value) => {
    expect(checkConnection({ ...connection, [field]: value }, kybio)).toMatchObject({
      ok: false,
      error: { code: 'invalid-request', details: { field } },
    });
  });
});
