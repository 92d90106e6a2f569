import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { databaseFile, practiceFolder } from '../../main/compose.ts';
import { defaultPolicy } from '../../main/counter/policy.ts';
import { withPause } from '../../main/link/link-state.ts';
import { meiLing } from '../../main/practice/members.ts';
import { realRandom } from '../kit/practice-store.ts';
import { openProgram, type Program, topUp } from '../kit/program.ts';

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

async function entered({ program }: Shop, plugIn: boolean): Promise<string> {
  await program.must('members:find', { query: meiLing.number });
  await program.must('practice:setPlug', { in: plugIn });
  const { id } = await program.must('topUps:create', topUp(seen(meiLing)));
  return id;
}

const stateOf = (program: Program, id: string) => program.till.session()?.outbox.byId(id)?.state;

async function done(shop: Shop): Promise<string> {
  const id = await entered(shop, true);
  await shop.program.until(() => stateOf(shop.program, id) === 'confirmed');
  return id;
}

/** What a person does: the journal's row of it, and under whom it stands. */
const acts: readonly [act: string, row: Row, does: (shop: Shop) => Promise<unknown>][] = [
  [
    'takes an entry back',
    { event: 'added', reason: '', actor: MANAGER },
    async (shop) => {
      const id = await done(shop);
      const reversal = { id, requestId: realRandom.uuid(), pin: PIN };
      expect(await shop.program.must('entries:reverse', reversal)).toMatchObject({ cashier: 'manager' });
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
      program.till.session()?.link.update((state, at) => withPause(state, 'manager', '', at.nowMs));
      await program.must('sync:resume', { pin: PIN });
    },
  ],
  [
    'sends now',
    { event: 'noted', reason: 'send now', actor: TILL },
    async (shop) => {
      await entered(shop, false);
      await shop.program.must('sync:sendNow', { insist: true });
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
  ['makes the PIN', { event: 'noted', reason: 'manager PIN made', actor: TILL }, () => Promise.resolve()],
  [
    'makes another PIN with the recovery code',
    { event: 'noted', reason: 'manager PIN made', actor: MANAGER },
    ({ program, recoveryCode }) => program.must('manager:recover', { recoveryCode, pin: '940218' }),
  ],
  [
    'sets the till up by a file',
    { event: 'noted', reason: 'provisioned', actor: '' },
    async ({ program }) => program.till.session()?.noteProvisioned(),
  ],
];

it.each(acts)('who %s stands in the journal', async (_, row, does) => {
  const shop = await openShop();
  const isRow = (one: Row) => one.event === row.event && one.actor === row.actor && one.reason === row.reason;
  await does(shop);
  expect(shop.rows().filter(isRow), JSON.stringify(shop.rows())).toHaveLength(1);
});
