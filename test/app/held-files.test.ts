import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isDataMissing } from '../../main/app/data-missing.ts';
import { openLiveSession } from '../../main/app/open-session.ts';
import { openDatabase } from '../../main/kernel/database/open.ts';
import { createHeadSlots, headFiles } from '../../main/ledger/journal/head.ts';
import { createMemoryVault, createVault, VAULT_FILE } from '../../main/people/credentials/vault.ts';
import { readRestored } from '../../main/safety/restored.ts';
import { openStoredState } from '../../main/updates/stored-state.ts';
import { copyForRollback } from '../../main/updates/trial/copy-for-rollback.ts';
import { markFile } from '../../main/updates/trial/mark.ts';
import { settleTrial } from '../../main/updates/trial/roll-back.ts';
import { appError, err } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { holding } from '../kit/holding.ts';
import { createKeeper } from '../kit/keeper.ts';
import { number, uid } from '../kit/losing.ts';
import { journalKey } from '../kit/outbox.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openProgram } from '../kit/program.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../kit/till.ts';
import { keyring, random } from '../people/credentials/support.ts';
import { append, aTill, isAside, versions } from '../updates/trial/support.ts';

const headOf = (count: number) => ({ chain: 1, count, mac: 'a'.repeat(32) });

describe('a head that somebody holds', () => {
  it.each(headFiles)('%s is read as soon as it is free, and never as none', (name) => {
    const slots = createHeadSlots(temporaryFolder(), Buffer.alloc(32, 9));
    for (const count of [1, 2]) slots.write(headOf(count));
    const soon = holding([name], { times: 2 });
    expect(slots.read()).toEqual(headOf(2));
    expect(soon.refused()).toBe(2);
    soon.release();
    const { release } = holding([name]);
    expect(() => slots.read()).toThrow('EBUSY');
    release();
    expect(slots.read()).toEqual(headOf(2));
  });

  it('that there is no right to read is not taken for one that was put back either', () => {
    const slots = createHeadSlots(temporaryFolder(), Buffer.alloc(32, 9));
    slots.write(headOf(1));
    holding(headFiles, { code: 'EACCES' });
    expect(() => slots.read()).toThrow('EACCES');
  });

  it('at a start gives nothing to a manager: the till says who is in the way, and opens as it was once that is over', async () => {
    const store = await startPracticeStore();
    const folder = temporaryFolder();
    const first = await openTestTill(store, { folder });
    await first.session.members.lookUp.find(number);
    await store.setPlug(false);
    const { id } = first.topUp(uid, '10.00');
    await first.close();
    const { release } = holding(headFiles);
    const refused = openTestTill(store, {
      folder,
      open: async (world) => {
        const opened = await openLiveSession(world);
        expect(opened).toEqual(err(appError('file-held', { file: 'head-a.json' })));
        return opened;
      },
    });
    await expect(refused).rejects.toThrow('the till does not open');
    release();
    const { session } = await openTestTill(store, { folder });
    session.start();
    expect(session.journalProblem).toBeNull();
    expect(session.ledger.outbox.byId(id)).toMatchObject({ state: 'queued', cause: null });
  });
});

describe('a head that is held while the till works', () => {
  const open = () => {
    const folder = temporaryFolder();
    const opened = openDatabase(join(folder, 'counterfoil.db'));
    if (!opened.ok) throw new Error(opened.error.code);
    const db = opened.value;
    onTestFinished(() => void db.close());
    const clock = createTestClock();
    const { keeper, journal, slots } = createKeeper(db, folder, { clock });
    keeper.start();
    const enter = () => journal.append({ event: 'noted', actor: '', reason: 'test', content: {} });
    return { clock, keeper, journal, slots, enter };
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('is waited for before a send, while main goes on; it covers what came meanwhile', async () => {
    const { clock, keeper, journal, slots, enter } = open();
    enter();
    const { release } = holding(headFiles);
    let isCovered = false;
    const covered = keeper.checkpoint().then(() => {
      isCovered = true;
    });
    await turn();
    clock.advance(50);
    await turn();
    expect(isCovered).toBe(false);
    enter();
    release();
    while (!isCovered && clock.runNext()) await turn();
    await covered;
    expect(slots.read()).toEqual(journal.head());
    keeper.close();
  });

  it('holds the send where it stays held, and the next one is covered', async () => {
    const { clock, keeper, journal, slots, enter } = open();
    enter();
    const { release } = holding(headFiles);
    const refused = keeper.checkpoint().then(
      () => null,
      (thrown: unknown) => (thrown as NodeJS.ErrnoException).code,
    );
    let said: unknown;
    void refused.then((code) => {
      said = code;
    });
    await turn();
    while (said === undefined && clock.runNext()) await turn();
    expect(said).toBe('EBUSY');
    release();
    await keeper.checkpoint();
    expect(slots.read()).toEqual(journal.head());
    keeper.close();
  });

  it('is written soon after it is free, though nothing is sent', async () => {
    const { clock, keeper, journal, slots, enter } = open();
    const { release } = holding(headFiles);
    enter();
    clock.advance(250);
    await turn();
    release();
    await turn();
    clock.advance(10);
    await turn();
    expect(slots.read()).toEqual(journal.head());
    keeper.close();
  });

  it('leaves nothing behind a till that closes', async () => {
    const { clock, keeper, enter } = open();
    enter();
    holding(headFiles);
    const covered = keeper.checkpoint();
    await turn();
    keeper.close();
    clock.advance(2_000);
    await expect(covered).rejects.toThrow('the till closes');
  });
});

describe('what somebody holds is not gone', () => {
  it('sealed keys: none are made in their place', async () => {
    const folder = temporaryFolder();
    const vault = createVault({ folder, secrets: keyring(Buffer.alloc(32, 1)), random });
    const saved = await vault.save('key');
    const { release } = holding([VAULT_FILE]);
    await expect(vault.load()).rejects.toMatchObject({ code: 'EBUSY' });
    await expect(vault.save('other')).rejects.toMatchObject({ code: 'EBUSY' });
    release();
    expect(await vault.load()).toEqual({ state: 'present', secrets: saved.ok ? saved.value : null });
  });

  it('the mark of a restore: it says no more than it says', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'restored.json'), '{}');
    holding(['restored.json']);
    expect(() => readRestored(folder)).toThrow('EBUSY');
  });

  it('what was open last: where its records are gone, that is told', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mode.json'), '{"mode":"live"}');
    createHeadSlots(join(folder, 'copy', 'live'), journalKey).write(headOf(1));
    holding(['mode.json']);
    expect(isDataMissing(folder, join(folder, 'copy'))).toBe(true);
  });

  it('the mark of a trial: nothing is opened, and the data is put back once it can be read', async () => {
    const till = aTill();
    await copyForRollback(till, versions, realRandom);
    append(till.live, 'noted');
    const parts = { ...till, version: versions.from };
    const { release } = holding(['mark.json']);
    expect(await settleTrial(parts)).toMatchObject({
      problem: { code: 'file-held', details: { file: 'mark.json' } },
    });
    expect(existsSync(markFile(till.folder))).toBe(true);
    release();
    expect(await settleTrial(parts)).toMatchObject({ problem: null, notice: { code: 'update-cut-off' } });
    expect(isAside(till.folder)).toBe(false);
  });

  it('what is known of updates: it counts once it is free, and nothing is written over it', async () => {
    const folder = temporaryFolder();
    const parts = { folder, random: realRandom, logger: silentLogger };
    const before = openStoredState(parts);
    await before.change({ floor: '3.0.0', newestIssuedAtMs: 7 });
    const { release } = holding(['updates.json']);
    const kept = openStoredState(parts);
    expect(kept.now().floor).toBeNull();
    await kept.change({ countOpen: true });
    release();
    const known = { ...before.now(), countOpen: true };
    expect(kept.now()).toEqual(known);
    await kept.change({ checkUpOpen: true });
    expect(openStoredState(parts).now()).toEqual({ ...known, checkUpOpen: true });
  });
});

describe('a till that did not open because of a held file', () => {
  it('opens when a person has it tried again, once the file is free; before that it says the same', async () => {
    const store = await startPracticeStore();
    const folder = temporaryFolder();
    const first = await openTestTill(store, { folder });
    first.session.start();
    await first.close();
    const vault = createMemoryVault(
      { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) },
      realRandom,
    );
    const program = openProgram({ folder, vault });
    const { release } = holding(headFiles);
    await program.till.start();
    const problem = appError('file-held', { file: 'head-a.json' });
    expect(program.till.snapshot()).toMatchObject({ mode: 'broken', problem });
    await program.must('app:openAgain', {});
    expect(program.till.brokenBy()).toEqual(problem);
    // A backup is put back over what is damaged, and this is not.
    expect(await program.call('restore:find', { elsewhere: false })).toMatchObject({ ok: false });
    release();
    await program.must('app:openAgain', {});
    expect(program.till.session()?.mode).toBe('live');
    const session = program.till.session();
    await program.must('app:openAgain', {});
    expect(program.till.session()).toBe(session);
  });
});
