import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyCommand } from '../../../main/app/commands.ts';
import { eraseLater } from '../../../main/day/index.ts';
import { kybio } from '../../../main/hosts/kybio/kybio.ts';
import { limWei, meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { backupFolder, databaseFile, liveFolder } from '../../../main/kernel/folders.ts';
import { handlerIn } from '../../../main/kernel/room.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { restoreBackup } from '../../../main/safety/backups/restore.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { keepRestored, loadRestored } from '../../../main/safety/restored.ts';
import { amount, type ChannelName, type ChannelReply, type Result } from '../../../preload/contract/index.ts';
import { type Driven, openDrivenTill } from '../../kit/driven-till.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';

const { customerUid } = meiLing;
const journalKey = Buffer.alloc(32, 9);
const words = { locale: 'en', say: {} };

async function ask<N extends ChannelName>(
  { till }: Driven,
  name: N,
  args: unknown,
): Promise<Result<ChannelReply<N>>> {
  const answer = await handlerIn(till.session.rooms, name)?.(args as never, theManager);
  if (answer === undefined) throw new Error(`nothing answers ${name}`);
  return answer;
}
const told = <T>(result: Result<T>) => (result.ok ? result.value : result.error.code);
const erase = async (driven: Driven, uid = customerUid) =>
  told(await ask(driven, 'memberData:erase', { customerUid: uid }));
const look = async (driven: Driven) => told(await ask(driven, 'memberData:look', { customerUid }));

const known = ({ till }: Driven) => till.session.members.directory.byUid(customerUid);

const savingTo = (file: string) => ({
  exports: { place: { pick: async () => file }, recordsWorker: '' },
});

/** Two top-ups of Mei Ling and one of Lim Wei, all confirmed. */
async function trade(driven: Driven): Promise<void> {
  driven.till.session.start();
  for (const [member, sum] of [
    [meiLing, '10.00'],
    [limWei, '20.00'],
    [meiLing, '12.50'],
  ] as const) {
    await driven.till.session.members.lookUp.find(member.number);
    driven.till.topUp(member.customerUid, sum);
    await driven.drive(() => driven.till.entries().every(({ state }) => state === 'confirmed'));
  }
}

async function traded() {
  const file = join(temporaryFolder(), 'held.csv');
  const driven = await openDrivenTill({}, { outside: savingTo(file) });
  await trade(driven);
  return { driven, file };
}

/** Texts of the data folder's files, with what lies in the database’s log. */
function bytesOf({ till }: Driven): string {
  const folder = liveFolder(till.folder);
  const names = readdirSync(folder).filter((name) => name.startsWith('counterfoil.db'));
  return names.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
}

const verify = ({ till, store }: Driven) =>
  verifyCommand(
    {
      file: databaseFile(liveFolder(till.folder)),
      clock: realClock,
      random: realRandom,
      protocol: kybio,
    },
    store.appKey,
  );

describe('erasing a member', () => {
  it('takes name, card and phone out of the till and of its files, and everything verifies', async () => {
    const { driven } = await traded();
    const { session } = driven.till;
    const { phone } = meiLing;
    expect(bytesOf(driven)).toContain(meiLing.name);
    expect(await look(driven)).toMatchObject({ isListed: true, entries: 2, problem: null });
    expect(await erase(driven)).toEqual({ entries: 2 });
    for (const text of [meiLing.name, meiLing.number, phone]) expect(bytesOf(driven)).not.toContain(text);
    expect(known(driven)).toBeNull();
    expect(driven.till.entries().map(({ memberName }) => memberName)).toEqual(['', limWei.name, '']);
    expect(session.members.directory.find(meiLing.name, 9)).toEqual([]);
    expect(verify(driven)).toMatchObject({ ok: true, problems: [] });
    expect(session.kernel.seals.altered()).toEqual([]);
    // What the proof of the day asks of each entry.
    const problems = [...session.ledger.outbox.all()].map(({ id }) => session.ledger.keeper.problem(id));
    expect(problems).toEqual([null, null, null]);
    const note = session.ledger.journal?.noted('member erased');
    expect(Object.keys(note as object)).toEqual(['digest', 'approvedBy']);
    const again = await driven.restart();
    expect(again.till.session.hosts.link.state.pauses).toEqual([]);
    expect(again.till.entries().map(({ memberName }) => memberName)).toEqual(['', limWei.name, '']);
  });

  it('waits for what is open: an entry on its way, and one in review', async () => {
    const { driven } = await traded();
    await driven.store.setPlug(false);
    driven.till.topUp(customerUid, '5.00');
    expect(await look(driven)).toMatchObject({ problem: { code: 'erase-entry-open' } });
    expect(await erase(driven)).toBe('erase-entry-open');
    expect(known(driven)?.name).toBe(meiLing.name);
    expect(await erase(driven, limWei.customerUid)).toEqual({ entries: 1 });
  });

  it('waits for a receipt of which nobody knows whether it came out', async () => {
    const { driven } = await traded();
    const [first] = driven.till.entries();
    driven.till.session.kernel.settings.set(
      'receipts.queue',
      JSON.stringify({
        version: 1,
        jobs: [
          {
            id: 'a',
            entryId: first?.id,
            state: 'waiting',
            askedAtMs: 0,
            isByItself: true,
            problem: null,
          },
        ],
        heard: 3,
      }),
    );
    const again = await driven.restart();
    expect(await erase(again)).toBe('erase-receipt-open');
    expect(again.till.entries()[0]?.memberName).toBe(meiLing.name);
  });

  it('refuses a member of whom nothing is here', async () => {
    const { driven } = await traded();
    expect(await erase(driven, '1')).toBe('member-not-found');
  });
});

describe('a member who was erased', () => {
  it('is not brought back by KYBIO’s list, but by coming again', async () => {
    const { driven } = await traded();
    const { directory, directoryFill } = driven.till.session.members;
    await erase(driven);
    await driven.drive(() => directoryFill.state().complete);
    expect([directory.count() > 200, known(driven)]).toEqual([true, null]);
    const again = await driven.restart();
    again.till.session.start();
    await again.drive(() => again.till.session.hosts.link.state.reach === 'online');
    await again.till.session.members.lookUp.find(meiLing.number);
    expect(known(again)).toMatchObject({ name: meiLing.name });
    again.till.topUp(customerUid, '7.00');
    await again.drive(() => again.till.entries().every(({ state }) => state === 'confirmed'));
    expect(again.till.entries().map(({ memberName }) => memberName)).toEqual([
      meiLing.name,
      '',
      limWei.name,
      '',
    ]);
    expect(await erase(again)).toEqual({ entries: 3 });
    expect(known(again)).toBeNull();
  });
});

describe('a backup from before', () => {
  /** Erased after the backup, in which an entry more may be open; then the backup is restored. */
  async function restored(isOneOpen = false) {
    const driven = await openDrivenTill({}, { backups: {} });
    await trade(driven);
    await driven.store.setPlug(!isOneOpen);
    if (isOneOpen) driven.till.topUp(customerUid, '5.00');
    const made = await driven.till.session.safety.backups?.backupNow('asked');
    if (made === undefined || !made.ok) throw new Error('no backup');
    expect(await look(driven)).toMatchObject({ copies: { backups: 1, hasSecondPlace: false, setAside: 0 } });
    await driven.store.setPlug(true);
    await driven.drive(() => driven.till.entries().every(({ state }) => state === 'confirmed'));
    expect(await erase(driven)).toEqual({ entries: isOneOpen ? 3 : 2 });
    const { folder } = driven.till;
    await driven.till.close();
    const done = await restoreBackup(
      {
        clock: realClock,
        random: realRandom,
        logger: silentLogger,
        integrity: checkHere,
        protocol: kybio,
        liveFolder: liveFolder(folder),
        headCopyFolder: join(folder, 'copy'),
        backupFolder: backupFolder(folder),
        vault: createMemoryVault({ appKey: 'k', pinPepper: journalKey, journalKey }, realRandom),
        machine: null,
      },
      { file: made.value.file, madeAtMs: made.value.atMs, secrets: null, open: [], otherMachine: true },
    );
    expect(done).toMatchObject({ ok: true });
    return driven.restart();
  }

  it('brings the member back for moments: they are erased again, by themselves', async () => {
    const driven = await restored();
    expect(known(driven)?.name).toBe(meiLing.name);
    driven.till.session.start();
    await driven.drive(() => known(driven) === null);
    expect(driven.till.entries().map(({ memberName }) => memberName)).toEqual(['', limWei.name, '']);
    expect(driven.till.session.kernel.settings.get('members.eraseAgain')).toBeNull();
    expect(driven.till.session.ledger.journal?.noted('member erased')).toMatchObject({ approvedBy: null });
    expect(verify(driven)).toMatchObject({ ok: true, problems: [] });
    expect(await look(driven)).toMatchObject({ copies: { setAside: 1 } });
    // A backup is verified before it gets its name.
    expect(await driven.till.session.safety.backups?.backupNow('asked')).toMatchObject({ ok: true });
  });

  it('leaves no name in the list of what a restore lost, also where that alone has the member', async () => {
    const { driven } = await traded();
    const { ledger, kernel } = driven.till.session;
    const digest = ledger.erased?.digestOf('1') ?? '';
    keepRestored(kernel.settings, {
      backupAtMs: 1,
      restoredAtMs: 2,
      lostRows: 1,
      lostUntilMs: 2,
      setAside: null,
      isMoved: false,
      entries: [
        {
          id: 'a',
          atMs: 1,
          customerUid: '1',
          memberName: meiLing.name,
          memberNumber: '0042',
          balance: amount('5'),
          point: amount('0'),
          state: 'confirmed',
        },
      ],
    });
    eraseLater(kernel.settings, [digest]);
    const again = await driven.restart();
    again.till.session.start();
    const lost = () => loadRestored(again.till.session.kernel.settings)?.entries;
    expect(lost()).toHaveLength(1);
    await again.drive(() => again.till.session.kernel.settings.get('members.eraseAgain') === null);
    expect(lost()).toMatchObject([{ customerUid: '1', memberName: '', memberNumber: '' }]);
  });

  it('keeps the name until what is open in it is decided', async () => {
    const driven = await restored(true);
    const { session } = driven.till;
    session.start();
    await driven.pass(60_000);
    const [inReview] = session.ledger.outbox.inReview();
    expect([inReview?.customerUid, known(driven)?.name]).toEqual([customerUid, meiLing.name]);
    // Meanwhile no list brings back who else was erased.
    expect(session.ledger.erased?.has(customerUid)).toBe(true);
    const { id = '', version = 0 } = inReview ?? {};
    told(await ask(driven, 'review:answer', { id, version, answer: 'arrived' }));
    await driven.pass(2 * 3_600_000);
    expect([known(driven), driven.till.entries()[0]?.memberName]).toEqual([null, '']);
  });
});

describe('what is held on a member', () => {
  it('is one file that a person reads: the member, their entries, and nobody else’s', async () => {
    const { driven, file } = await traded();
    driven.till.session.ledger.journal?.append({
      event: 'noted',
      actor: 'manager:Boss',
      reason: 'phone shown',
      content: { customerUid, approvedBy: null },
    });
    expect(told(await ask(driven, 'memberData:save', { customerUid, words }))).toMatchObject({
      saved: { entries: 2 },
    });
    const text = readFileSync(file, 'utf8');
    for (const held of [meiLing.name, meiLing.number, meiLing.phone, meiLing.balance, customerUid, 'Boss'])
      expect(text).toContain(held);
    for (const other of [limWei.name, limWei.number, limWei.customerUid]) expect(text).not.toContain(other);
    expect(text.split('\r\n').filter((line) => line.includes('top-up'))).toHaveLength(2);
    expect(driven.till.session.ledger.journal?.noted('exported')).toMatchObject({
      of: 'member',
      customerUid,
      entries: 2,
    });
  });

  it('has what a restored backup lost of them, and of nobody else', async () => {
    const { driven, file } = await traded();
    const entry = { id: 'a', atMs: 1, balance: amount('5'), point: amount('0'), state: 'confirmed' } as const;
    keepRestored(driven.till.session.kernel.settings, {
      ...{ backupAtMs: 1, restoredAtMs: 2, lostRows: 2, lostUntilMs: 2, setAside: null, isMoved: false },
      entries: [
        { ...entry, customerUid, memberName: 'Name of then', memberNumber: '0042' },
        { ...entry, customerUid: limWei.customerUid, memberName: limWei.name, memberNumber: '0043' },
      ],
    });
    await ask(driven, 'memberData:save', { customerUid, words });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain("Name of then,'0042,5,0");
    expect(text).not.toContain('0043');
  });

  it('is said of a member of whom only entries are here', async () => {
    const { driven, file } = await traded();
    await erase(driven);
    writeFileSync(file, '');
    await ask(driven, 'memberData:save', { customerUid, words });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('notListed');
    expect(text).not.toContain(meiLing.name);
  });
});
