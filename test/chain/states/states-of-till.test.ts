import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import {
  openTillState,
  sealTillState,
  stateFileOf,
  type TillState,
} from '../../../main/chain/states/till-state.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import type { AccountDesk } from '../../../main/kernel/sealing/account-seal.ts';
import { amount, type ShiftReport, shiftReportSchema } from '../../../preload/contract/index.ts';
import {
  type ChainTill,
  codeOf,
  HANGING,
  openTillAt,
  sharedFolder,
  shownChain,
} from '../../kit/chain-till.ts';
import { LIVE_PIN as pin } from '../../kit/live-program.ts';
import { itOnPosix } from '../../kit/posix.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { topUp } from '../../kit/program.ts';
import { stateOf, tillIdOf } from '../../kit/till-state.ts';
import { zReportOf } from '../../kit/z-reports.ts';

/** A till whose owner made the chain here. */
async function openOwner() {
  const till = await openTillAt(sharedFolder());
  await till.must('chain:make', { name: 'Kopi Corner', pin });
  const session = till.till.session();
  if (session === null) throw new Error('no till');
  const { account } = session.hosts;
  const { accountHost: host, accountAppId: appId } = session.ledger.identity;
  const desk = account.ofKey((appKey): AccountDesk => ({ appKey, account: { host, appId } }));
  const { tillId } = session.ledger.tillIdentity;
  if (desk === null || tillId === null) throw new Error('no key');
  const file = join(till.shared, 'states', stateFileOf(tillId));
  return {
    till,
    desk,
    tillId,
    session,
    read: () => openTillState(readFileSync(file), desk, tillId) as TillState,
    /** As the program does each five minutes. */
    round: async () => {
      const before = existsSync(file) ? readFileSync(file) : null;
      session.rooms.find(({ name }) => name === 'chain-states')?.wokeUp?.();
      await vi.waitFor(() => {
        if (!existsSync(file) || before?.equals(readFileSync(file)) === true) throw new Error('not yet');
      }, 10_000);
    },
    tills: () => till.must('chain:tills', { pin }),
    put: (report: ShiftReport, change: (text: string) => string = (text) => text) => {
      mkdirSync(join(till.shared, 'zs'), { recursive: true });
      const name = `${tillIdOf(2)}-${factsOf(report).digest}.json`;
      writeFileSync(join(till.shared, 'zs', name), change(writeZFile(desk.appKey, desk.account, report)));
      return name;
    },
  };
}

type Owner = Awaited<ReturnType<typeof openOwner>>;

/** Another till's state is found in the folder. */
async function findOther({ till, desk, round }: Owner, change: Partial<TillState>): Promise<void> {
  const state = stateOf({ tillId: tillIdOf(2), name: 'Annexe', atMs: Date.now(), ...change });
  const places = join(till.shared, 'states');
  mkdirSync(places, { recursive: true });
  writeFileSync(join(places, stateFileOf(state.tillId)), sealTillState(state, desk, realRandom));
  await round();
}

const pausesOf = ({ session }: Owner) => session.hosts.link.state.pauses.map(({ reason }) => reason);
const numberTwice = ({ session }: Owner) => session.ledger.numbersSeen.twice();

it.each([
  ['has this till’s number', { number: 1, count: 1 }, 'number'],
  ['has this till’s number among others', { number: 1, count: 9 }, 'number'],
  ['was told another count, so that they share seconds', { number: 2, count: 2 }, 'count'],
] as const)(
  'stops sending where another till %s, and says so until the number is given anew',
  async (_, change, what) => {
    const owner = await openOwner();
    await findOther(owner, change);
    await vi.waitFor(() => expect(numberTwice(owner)).toMatchObject({ till: 'Annexe', what }), 10_000);
    expect(pausesOf(owner).includes('till-number')).toBe(what === 'number');
    const { session } = owner;
    expect(session.setNumbering({ tillNumber: 1, tillCount: 2 }, theManager)).toMatchObject({ ok: true });
    expect(numberTwice(owner)).toBeNull();
  },
);

it('goes on where another till has a number of its own, or said otherwise before this one had its number', async () => {
  const owner = await openOwner();
  expect(owner.session.setNumbering({ tillNumber: 1, tillCount: 2 }, theManager)).toMatchObject({ ok: true });
  await findOther(owner, { number: 1, count: 2, atMs: 1_000 });
  await vi.waitFor(async () => expect((await owner.tills()).tills).toHaveLength(2), 10_000);
  expect(numberTwice(owner)).toBeNull();
  expect(pausesOf(owner)).not.toContain('till-number');
});

async function sell({ must }: ChainTill, balanceIncrement: string): Promise<void> {
  await must('members:find', { query: meiLing.number });
  await must('topUps:create', topUp(meiLing, { balanceIncrement }));
}

const reports = async (till: ChainTill) => (await till.must('reports:look', { pin })).view?.reports ?? [];

it('writes what --status says, with no member, no PIN and no key in it', async () => {
  const { till, round, read, desk, tillId, tills } = await openOwner();
  await till.look();
  await sell(till, '51.73');
  await round();
  const state = read();
  expect(state).toMatchObject({
    tillId,
    name: 'Counter 1',
    number: 1,
    shopVersion: 1,
    copyAtMs: null,
    variance: null,
    status: { entries: { needsReview: 0, refusedUnseen: 0 }, lastZ: null, isCopyMet: false },
  });
  const text = JSON.stringify(state);
  const hidden = [
    meiLing.name,
    meiLing.number,
    meiLing.customerUid,
    '51.73',
    desk.appKey,
    desk.account.appId,
    pin,
  ];
  for (const one of hidden) expect(text).not.toContain(one);
  await vi.waitFor(async () => expect((await tills()).tills).toHaveLength(1), 10_000);
  expect((await tills()).tills).toMatchObject([
    { tillId, isHere: true, isSilent: false, reasons: expect.any(Array) },
  ]);
});

it('takes other tills’ Zs once, on the owner’s computer, and tells of one that was altered', async () => {
  const { till, round, put, tills } = await openOwner();
  put(zReportOf({ number: 1, tillId: tillIdOf(2) }));
  put(zReportOf({ number: 2, tillId: tillIdOf(2), businessDay: '2026-11-26' }), (text) =>
    text.replace('"100"', '"900"').replace('\\"100\\"', '\\"900\\"'),
  );
  await round();
  // Zs are taken after this till's state is written.
  await vi.waitFor(async () => {
    expect((await reports(till)).map(({ number }) => number)).toEqual([1]);
    expect((await tills()).refusedZs).toEqual([{ tillId: tillIdOf(2), problem: 'forged' }]);
  }, 10_000);
  await round();
  expect(await reports(till)).toHaveLength(1);
  expect((await tills()).refusedZs).toHaveLength(1);
});

it('takes what others left at once where a manager looks', async () => {
  const { till, put } = await openOwner();
  put(zReportOf({ number: 1, tillId: tillIdOf(2) }));
  await till.look();
  await vi.waitFor(async () => expect(await reports(till)).toHaveLength(1), 4_000);
});

it('comes to each new Z, however many copies of another and however much else lies there', async () => {
  const { till, round, put } = await openOwner();
  const first = zReportOf({ number: 1, tillId: tillIdOf(2) });
  const zs = join(till.shared, 'zs');
  const name = (place: number) => `${tillIdOf(2)}-${place.toString(16).padStart(32, '0')}.json`;
  const copy = readFileSync(join(zs, put(first)));
  for (let place = 0; place < 80; place += 1) writeFileSync(join(zs, name(place)), place < 40 ? copy : 'x');
  put(zReportOf({ number: 2, tillId: tillIdOf(2), businessDay: '2026-11-26' }));
  for (let place = 80; place < 120; place += 1)
    writeFileSync(join(zs, name(place)), place < 100 ? copy : 'x');
  await round();
  await vi.waitFor(async () => expect(await reports(till)).toHaveLength(2), 10_000);
});

it('takes in one round what all tills of a chain closed', async () => {
  const { till, round, put } = await openOwner();
  for (let number = 2; number < 42; number += 1) put(zReportOf({ number, tillId: tillIdOf(2) }));
  await round();
  await vi.waitFor(async () => expect(await reports(till)).toHaveLength(40), 10_000);
});

it('takes no Z again that a manager removed, under whatever name', async () => {
  const { till, round, put } = await openOwner();
  const first = put(zReportOf({ number: 1, tillId: tillIdOf(2) }));
  await round();
  await vi.waitFor(async () => expect(await reports(till)).toHaveLength(1), 10_000);
  const [report] = await reports(till);
  await till.must('reports:removeFile', { id: report?.id ?? '', pin });
  const zs = join(till.shared, 'zs');
  writeFileSync(join(zs, `${tillIdOf(2)}-${'0'.repeat(32)}.json`), readFileSync(join(zs, first)));
  put(zReportOf({ number: 2, tillId: tillIdOf(2), businessDay: '2026-11-26' }));
  await round();
  await vi.waitFor(
    async () => expect((await reports(till)).map(({ number }) => number)).toEqual([2]),
    10_000,
  );
});

it('leaves each Z as a person would save it, and again where somebody removed it', async () => {
  const { till, round, read, desk, tillId, session } = await openOwner();
  await till.must('shifts:open', { float: amount('0'), drawer: 'own' });
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: { pieces: [], tenders: [] } });
  await till.must('shifts:close', { reason: null });
  await round();
  const { report } = await till.must('shifts:report', { number: 1 });
  const name = `${tillId}-${factsOf(shiftReportSchema.parse(report)).digest}.json`;
  const file = join(till.shared, 'zs', name);
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), 10_000);
  expect(readFileSync(file, 'utf8')).toBe(writeZFile(desk.appKey, desk.account, report));
  expect(read()).toMatchObject({ variance: '0', status: { lastZ: { number: 1, hasVariance: false } } });
  // Its own is not taken for another's.
  expect((await reports(till)).length).toBeLessThan(2);
  rmSync(file);
  const again = await till.reopen();
  again.till
    .session()
    ?.rooms.find(({ name: room }) => room === 'chain-states')
    ?.wokeUp?.();
  await vi.waitFor(() => expect(existsSync(file)).toBe(true), 10_000);
  expect(session.mode).toBe('live');
});

it('asks the owner for what the own till closed otherwise before a backup was restored', async () => {
  const { till, round, desk, tillId } = await openOwner();
  await till.must('shifts:open', { float: amount('0'), drawer: 'own' });
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: { pieces: [], tenders: [] } });
  await till.must('shifts:close', { reason: null });
  const { report } = await till.must('shifts:report', { number: 1 });
  const lost = { ...report, closedBy: 'Lim' };
  mkdirSync(join(till.shared, 'zs'), { recursive: true });
  const name = `${tillId}-${factsOf(shiftReportSchema.parse(lost)).digest}.json`;
  writeFileSync(join(till.shared, 'zs', name), writeZFile(desk.appKey, desk.account, lost));
  await round();
  await vi.waitFor(async () => {
    const { view } = await till.must('reports:look', { pin });
    expect(view?.conflicts.map(({ id }) => id)).toEqual([report.id]);
  }, 10_000);
});

it('shows the list to nobody without the owner’s key, and takes off it what an owner takes off', async () => {
  const { till, round, tills, tillId } = await openOwner();
  await round();
  await vi.waitFor(async () => expect((await tills()).tills).toHaveLength(1), 10_000);
  await till.must('chain:dropTill', { tillId, pin });
  expect(readdirSync(join(till.shared, 'states'))).toEqual([]);
  expect((await tills()).tills).toEqual([]);
  await till.must('chain:leave', { pin });
  expect(codeOf(await till.call('chain:tills', { pin }))).toBe('chain-no-key');
  expect(codeOf(await till.call('chain:dropTill', { tillId, pin }))).toBe('chain-no-key');
});

it('says on the chain’s card what keeps it from the folder, sells on, and says it no more once it works', async () => {
  const { till, session, round } = await openOwner();
  await round();
  session.kernel.settings.set('chain.folder', HANGING);
  const problem = async (code: string | null) => {
    session.rooms.find(({ name }) => name === 'chain-states')?.wokeUp?.();
    await vi.waitFor(() => expect(shownChain(till)?.problem?.code ?? null).toBe(code), 10_000);
  };
  await problem('chain-folder-hangs');
  await sell(till, '5');
  session.kernel.settings.set('chain.folder', till.shared);
  await problem(null);
});

itOnPosix('follows no link out of the folder, neither to write nor to read', async () => {
  const { till, session } = await openOwner();
  symlinkSync(till.shared, join(till.shared, 'states'));
  session.rooms.find(({ name }) => name === 'chain-states')?.wokeUp?.();
  await vi.waitFor(() => expect(shownChain(till)?.problem?.code).toBe('chain-not-written'), 10_000);
  expect(readdirSync(till.shared).filter((name) => name.endsWith('.state'))).toEqual([]);
});
