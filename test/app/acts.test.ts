import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { openSnapshot } from '../../main/app/snapshot.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { theProgram } from '../../main/kernel/actor.ts';
import { databaseFile, practiceFolder } from '../../main/kernel/folders.ts';
import { shortId } from '../../main/ledger/short-id.ts';
import { amount, type EntryState } from '../../preload/contract/index.ts';
import { inDatabase } from '../kit/data-folder.ts';
import { lose, openLosing, whileUnknown } from '../kit/losing.ts';
import { realRandom } from '../kit/practice-store.ts';
import { openProgram, type Program, topUp } from '../kit/program.ts';

const REQUEST = '3c1f3f0a-6f0b-4b0e-9d57-0d8f3d9d2a11';
const PIN = '730194';
const MANAGER = 'manager';
const TILL = 'till:Counter 1';

interface Row {
  readonly event: string;
  readonly reason: string;
  readonly actor: string;
}

/** A practice store with a manager's PIN, and the rows that its journal has. */
async function openShop() {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  const { recoveryCode } = await program.must('manager:makePin', { pin: PIN, appKey: '' });
  const rows = (): readonly Row[] => {
    const db = new Database(databaseFile(practiceFolder(program.folder)), { readonly: true });
    const found = db.prepare('SELECT event, reason, actor FROM journal').all();
    db.close();
    return found as Row[];
  };
  return { program, rows, recoveryCode };
}

type Shop = Awaited<ReturnType<typeof openShop>>;

const seen = ({ customerUid, number, name }: typeof meiLing) => ({ customerUid, number, name });

async function entered({ program }: Shop, plugIn: boolean, change: object = {}): Promise<string> {
  await program.must('members:find', { query: meiLing.number });
  await program.must('practice:setPlug', { in: plugIn });
  const { id } = await program.must('topUps:create', topUp(seen(meiLing), change));
  return id;
}

function openOf({ till }: Program) {
  const session = till.session();
  if (session === null) throw new Error('no till is open');
  return session;
}

const untilIn = (program: Program, id: string, state: EntryState) =>
  program.until(() => openOf(program).ledger.outbox.byId(id)?.state === state);

async function done(shop: Shop, change: object = {}): Promise<string> {
  const id = await entered(shop, true, change);
  await untilIn(shop.program, id, 'confirmed');
  return id;
}

/** An entry that nobody but a manager can decide, answered. */
async function answered(shop: Shop, answer: 'arrived' | 'send' | 'drop'): Promise<void> {
  const { program } = shop;
  const id = await entered(shop, false);
  const {
    ledger: { outbox, transitions },
  } = openOf(program);
  const waiting = outbox.byId(id);
  expect(waiting !== null && transitions.sendToReview(waiting, 'evidence-unclear')).toMatchObject({
    state: 'review',
  });
  const { cases } = await program.must('review:list', {});
  const version = cases.find(({ entry }) => entry.id === id)?.version ?? 0;
  await program.must('practice:setPlug', { in: true });
  const read = answer === 'arrived' ? null : await program.must('review:read', { id });
  await program.must('practice:setPlug', { in: false });
  const readingId = read?.reading?.readingId;
  await program.must('review:answer', { id, version, answer, pin: PIN, readingId });
}

/** What a person does: the journal's row of it, and under whom it stands. */
const acts: readonly [act: string, row: Row, does: (shop: Shop) => Promise<unknown>][] = [
  [
    'takes an entry back',
    { event: 'added', reason: '', actor: MANAGER },
    async (shop) => {
      const id = await done(shop);
      const reversal = { id, requestId: realRandom.uuid(), pin: PIN };
      expect(await shop.program.must('entries:reverse', reversal)).toMatchObject({ actor: 'manager' });
    },
  ],
  ['enters a top-up', { event: 'added', reason: '', actor: 'Counter 1' }, (shop) => entered(shop, false)],
  [
    'cancels an entry',
    { event: 'cancelled', reason: '', actor: TILL },
    async (shop) => shop.program.must('entries:cancel', { id: await entered(shop, false) }),
  ],
  [
    'ends a pause',
    { event: 'noted', reason: 'queue resumed', actor: MANAGER },
    async ({ program }) => {
      program.till.session()?.hosts.link.update((state, at) => withPause(state, 'manager', '', at.nowMs));
      await program.must('sync:resume', { pin: PIN });
    },
  ],
  [
    'sends now',
    { event: 'noted', reason: 'send now', actor: TILL },
    async (shop) => {
      await entered(shop, false);
      await shop.program.must('sync:sendNow', {});
    },
  ],
  [
    'changes a setting',
    { event: 'setting', reason: 'policy', actor: MANAGER },
    ({ program }) =>
      program.must('policy:save', { policy: { ...defaultPolicy('SGD'), keypad: true }, pin: PIN }),
  ],
  [
    'changes the till’s number',
    { event: 'setting', reason: 'till number', actor: MANAGER },
    ({ program }) => program.must('setup:setPlace', { tillNumber: 1, tillCount: 2, pin: PIN }),
  ],
  [
    'begins a check-up',
    { event: 'check-up', reason: 'started', actor: MANAGER },
    ({ program }) => program.must('checkUp:start', { memberNumber: meiLing.number, pin: PIN }),
  ],
  [
    'stops a check-up',
    { event: 'check-up', reason: 'stopping', actor: MANAGER },
    async ({ program }) => {
      await program.must('checkUp:start', { memberNumber: meiLing.number, pin: PIN });
      await program.must('checkUp:stop', { pin: PIN });
    },
  ],
  [
    'says of an undecided entry that it arrived',
    { event: 'decided', reason: 'it arrived', actor: MANAGER },
    (shop) => answered(shop, 'arrived'),
  ],
  [
    'has an undecided entry sent',
    { event: 'decided', reason: 'it did not arrive', actor: MANAGER },
    (shop) => answered(shop, 'send'),
  ],
  [
    'drops an undecided entry',
    { event: 'decided', reason: 'dropped', actor: MANAGER },
    (shop) => answered(shop, 'drop'),
  ],
  [
    'has seen that an entry was refused',
    { event: 'acknowledged', reason: '', actor: TILL },
    async (shop) => {
      openOf(shop.program).hosts.practice?.addFault({
        fault: { kind: 'error', messages: ['Customer is disabled'], when: 'before' },
        ...{ method: 'updateBalancePointByIncrement', times: 1 },
      });
      const id = await entered(shop, true);
      await untilIn(shop.program, id, 'rejected');
      await shop.program.must('entries:acknowledge', { id });
    },
  ],
  [
    'says that an entry was paid otherwise',
    { event: 'tender-changed', reason: shortId(REQUEST), actor: TILL },
    async (shop) => {
      await shop.program.must('shifts:open', { float: amount('100'), drawer: 'own' });
      const id = await entered(shop, true, { tender: 'cash' });
      const change = { id, requestId: REQUEST, was: 'cash', tender: 'card' };
      await shop.program.must('entries:changeTender', change);
    },
  ],
  [
    'lets the till go on offline',
    { event: 'setting', reason: 'offline window continued', actor: MANAGER },
    async (shop) => {
      await entered(shop, false);
      await shop.program.until(({ offline }) => offline.sinceMs !== null);
      await shop.program.must('policy:continueOffline', { pin: PIN });
    },
  ],
  ['makes the PIN', { event: 'noted', reason: 'manager PIN made', actor: TILL }, () => Promise.resolve()],
  [
    'makes another PIN with the recovery code',
    { event: 'noted', reason: 'manager PIN made', actor: MANAGER },
    ({ program, recoveryCode }) => program.must('manager:recover', { recoveryCode, pin: '940218' }),
  ],
  [
    'unlocks with the PIN',
    { event: 'noted', reason: 'manager unlocked', actor: MANAGER },
    ({ program }) => program.must('manager:unlock', { pin: PIN }),
  ],
  [
    'sets the till up by a file',
    { event: 'noted', reason: 'provisioned', actor: '' },
    async ({ program }) => program.till.session()?.noteProvisioned(null, theProgram),
  ],
];

/** Two readings of the clocks differ by as much. */
const GRAIN_MS = 5;

const near = (kept: number | null, now: number | null): number | null =>
  kept !== null && now !== null && Math.abs(kept - now) <= GRAIN_MS ? kept : now;

/** Holds the page, which heard of topics alone, against a whole new snapshot: nothing may stay behind. */
async function expectCurrent({ till, pushed }: Program): Promise<void> {
  await vi.waitFor(
    () => {
      const session = till.session();
      const page = pushed.at(-1);
      if (session === null || page === undefined) throw new Error('nothing is shown');
      const whole = openSnapshot(session);
      expect(page).toEqual({
        ...whole,
        closing: 0,
        revision: page.revision,
        managerUnlockedUntilMs: near(page.managerUnlockedUntilMs, whole.managerUnlockedUntilMs),
        link: { ...whole.link, retryAtMs: near(page.link.retryAtMs, whole.link.retryAtMs) },
      });
    },
    { timeout: 10_000, interval: 10 },
  );
}

it.each(acts)(
  'who %s stands in the journal, and all that it changes is on the page',
  async (_, row, does) => {
    const shop = await openShop();
    const isRow = (one: Row) =>
      one.event === row.event && one.actor === row.actor && one.reason === row.reason;
    await does(shop);
    expect(shop.rows().filter(isRow), JSON.stringify(shop.rows())).toHaveLength(1);
    await expectCurrent(shop.program);
  },
);

it('what the till finds out about a lost answer stands there as nobody’s act', async () => {
  const driven = await openLosing({}, 'after');
  const { id } = await lose(driven);
  await driven.drive(whileUnknown(driven, id));
  const decided = inDatabase(driven.till.folder, (db) =>
    db.prepare("SELECT actor FROM journal WHERE event = 'decided'").all(),
  );
  expect(decided).toEqual([{ actor: '' }]);
});
