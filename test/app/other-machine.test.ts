import { expect, it } from 'vitest';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { openDatabaseReadOnly } from '../../main/kernel/database/open.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { createMemoryVault, type Vault } from '../../main/people/credentials/vault.ts';
import { type MachineMarks, marksOf } from '../../main/safety/machine/marks.ts';
import { copyOf } from '../kit/data-folder.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, type TestTill, temporaryFolder } from '../kit/till.ts';

const office = marksOf({ installation: 'windows-1', board: 'board-1', disk: 'disk-1' });
const cloned = marksOf({ installation: 'windows-1', board: 'board-2', disk: 'disk-2' });

const pausesOf = ({ session }: TestTill) => session.hosts.link.state.pauses.map(({ reason }) => reason);

/** A till at home in the office with two entries that wait, and how to open it anywhere. */
async function atHome() {
  const store = await startPracticeStore();
  const vault = createMemoryVault(
    { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) },
    realRandom,
  );
  const openOn = (marks: MachineMarks, folder?: string) =>
    openTestTill(store, {
      ...(folder === undefined ? {} : { folder }),
      world: { vault, machine: { marks: async () => marks } },
    });
  const till = await openOn(office);
  for (const { number } of [meiLing, limWei]) await till.session.members.lookUp.find(number);
  till.session.start();
  await store.setPlug(false);
  const ids = [meiLing, limWei].map(({ customerUid }) => till.topUp(customerUid, '10.00').id);
  await till.close();
  return { store, till, ids, openOn };
}

it('a copy of the whole disk sends nothing on another machine, until a manager says that it goes on', async () => {
  const { store, till, ids, openOn } = await atHome();
  const copy = copyOf(till.folder);
  await store.setPlug(true);
  // The original goes on, and is asked nothing.
  const original = await openOn(office, till.folder);
  original.session.start();
  expect(pausesOf(original)).toEqual([]);
  await original.until(({ session }) =>
    ids.every((id) => session.ledger.outbox.byId(id)?.state === 'confirmed'),
  );
  await original.close();

  const elsewhere = await openOn(cloned, copy);
  expect(elsewhere.session.journalProblem).toBeNull();
  elsewhere.session.start();
  expect(pausesOf(elsewhere)).toEqual(['other-machine']);
  expect(elsewhere.session.hosts.link.state.pauses[0]).toMatchObject({
    needsManager: true,
    words: 'board, disk',
  });
  expect(ids.map((id) => elsewhere.session.ledger.outbox.byId(id)?.cause)).toEqual(['restored', 'restored']);
  const added = elsewhere.topUp(meiLing.customerUid, '5.00');
  elsewhere.session.sending.loop.hurry();
  await elsewhere.close();

  // Nobody has answered: it is asked again, and what was entered meanwhile is not sent unseen either.
  const again = await openOn(cloned, copy);
  again.session.start();
  expect(pausesOf(again)).toEqual(['other-machine']);
  expect(again.session.ledger.outbox.byId(added.id)?.state).toBe('review');
  expect(store.increments()).toHaveLength(2);

  again.session.records.resume({ role: 'manager', person: '' });
  expect(pausesOf(again)).toEqual([]);
  const next = again.topUp(limWei.customerUid, '7.00');
  await again.until(({ session }) => session.ledger.outbox.byId(next.id)?.state === 'confirmed');
  await again.close();
  const settled = await openOn(cloned, copy);
  settled.session.start();
  expect(pausesOf(settled)).toEqual([]);
  expect(store.increments()).toHaveLength(3);
});

it('the same machine is asked nothing, nor one of which nothing can be told', async () => {
  const { till, openOn } = await atHome();
  for (const marks of [office, {}, marksOf({ installation: null, board: 'board-1', disk: null })]) {
    const same = await openOn(marks, till.folder);
    same.session.start();
    expect(pausesOf(same)).toEqual([]);
    await same.close();
  }
});

it('a disk that was moved into another machine is noticed by what lies with the credentials alone', async () => {
  const store = await startPracticeStore();
  const secrets = { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
  const vault = createMemoryVault({ ...secrets, machine: JSON.stringify(office) }, realRandom);
  const till = await openTestTill(store, { world: { vault, machine: { marks: async () => cloned } } });
  till.session.start();
  expect(pausesOf(till)).toEqual(['other-machine']);
});

/** A till that was moved, and whose keyring took nothing when a manager said that it goes on there. */
async function movedWithDeafKeyring() {
  const store = await startPracticeStore();
  const secrets = { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
  const vault = createMemoryVault({ ...secrets, machine: JSON.stringify(office) }, realRandom);
  const keyring = { refuses: true, asked: 0 };
  const deaf: Vault = {
    ...vault,
    keepMachine: async (machine) => {
      keyring.asked += 1;
      if (keyring.refuses) throw new Error('the keyring is locked');
      await vault.keepMachine?.(machine);
    },
  };
  const folder = temporaryFolder();
  const openOn = (marks: MachineMarks) =>
    openTestTill(store, { folder, world: { vault: deaf, machine: { marks: async () => marks } } });
  const moved = await openOn(cloned);
  moved.session.start();
  expect(pausesOf(moved)).toEqual(['other-machine']);
  moved.session.records.resume({ role: 'manager', person: '' });
  await moved.close();
  const kept = async () => {
    const loaded = await vault.load();
    return loaded.state === 'present' ? JSON.parse(loaded.secrets.machine ?? 'null') : null;
  };
  return { store, folder, keyring, openOn, kept };
}

/** How often the journal was told of the machine. */
function notesOfMachine(folder: string): number {
  const opened = openDatabaseReadOnly(databaseFile(liveFolder(folder)));
  if (!opened.ok) throw new Error(opened.error.code);
  const notes = opened.value.prepare("SELECT 1 FROM journal WHERE reason = 'machine'").all().length;
  opened.value.close();
  return notes;
}

it('a manager who let it go on is not asked again where the keyring took nothing, and that is tried anew', async () => {
  const { folder, keyring, openOn, kept } = await movedWithDeafKeyring();
  const notes = notesOfMachine(folder);
  for (const marks of [cloned, marksOf({ installation: 'windows-1', board: null, disk: 'disk-2' })]) {
    keyring.asked = 0;
    const again = await openOn(marks);
    again.session.start();
    expect(pausesOf(again)).toEqual([]);
    await again.close();
    expect(keyring.asked).toBe(1);
  }
  expect(await kept()).toEqual(office);
  // The journal knows it already: a start tells it nothing new.
  expect(notesOfMachine(folder)).toBe(notes);

  keyring.refuses = false;
  const heard = await openOn(cloned);
  heard.session.start();
  await heard.close();
  expect(await kept()).toEqual(cloned);
  keyring.asked = 0;
  const settled = await openOn(cloned);
  settled.session.start();
  await settled.close();
  expect(keyring.asked).toBe(0);
});

it('the journal’s note speaks for this machine alone: back on the one before it is asked about', async () => {
  const { openOn } = await movedWithDeafKeyring();
  const back = await openOn(office);
  back.session.start();
  expect(pausesOf(back)).toEqual(['other-machine']);
  expect(back.session.hosts.link.state.pauses[0]?.words).toBe('board, disk');
});

it('what the journal does not know of this machine is asked of the credentials', async () => {
  const store = await startPracticeStore();
  const secrets = { appKey: store.appKey, pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) };
  const vault = createMemoryVault(secrets, realRandom);
  const folder = temporaryFolder();
  const openOn = (marks: MachineMarks, within: Vault = vault) =>
    openTestTill(store, { folder, world: { vault: within, machine: { marks: async () => marks } } });
  const first = await openOn(marksOf({ installation: 'windows-1', board: null, disk: null }));
  first.session.start();
  await first.close();
  const moved = createMemoryVault({ ...secrets, machine: JSON.stringify(office) }, realRandom);
  const elsewhere = await openOn(cloned, moved);
  elsewhere.session.start();
  expect(pausesOf(elsewhere)).toEqual(['other-machine']);
});
