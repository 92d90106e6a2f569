import { expect, it } from 'vitest';
import { fitted } from '../../../main/day/shifts/fitted.ts';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { noteOpening } from '../../../main/ledger/journal/quiet-notes.ts';
import { defaultReceiptSettings } from '../../../main/paper/receipts/settings.ts';
import type { Vault } from '../../../main/people/credentials/vault.ts';
import { firstPermissions } from '../../../main/people/person.ts';
import {
  amount,
  type ChannelArgs,
  guardedActs,
  type Permissions,
  type ReceiptSettings,
  reportedLines,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { LIVE_PIN, type LiveProgram, openLiveProgram } from '../../kit/live-program.ts';
import { method } from '../../kit/losing.ts';
import { openProgram, topUp } from '../../kit/program.ts';
import { entryOfZ } from '../../kit/z-reports.ts';
import { type FakePrinter, startFakePrinter } from '../../paper/receipts/fake-printer.ts';
import { openWith, pins, type Shop, signIn } from '../../people/support.ts';
import { openOne } from './steps.ts';
import { countOf, mei, openShiftTill, siti } from './support.ts';

// What a cashier can do quietly stands on the Z, in every simulated day (test/days/quiet.ts). Here: who may, and when nothing comes out.

const everything = (answer: Permissions['acts'][keyof Permissions['acts']]): Permissions => ({
  acts: Object.fromEntries(guardedActs.map((act) => [act, answer])) as Permissions['acts'],
  balanceLimit: null,
  pointLimit: null,
});

interface Counter {
  readonly shop: Shop;
  readonly live: LiveProgram;
  readonly printer: FakePrinter;
}

/** A live till with a drawer at its printer, and a cashier who may nothing but what is never asked for. */
async function openCounter(permissions: Permissions): Promise<Counter> {
  const printer = await startFakePrinter();
  const live = await openLiveProgram();
  const room = live.till.session()?.rooms.find(({ name }) => name === 'receipts');
  const settings: ReceiptSettings = {
    ...defaultReceiptSettings,
    opensDrawer: true,
    printer: { kind: 'network', address: printer.address },
  };
  await room?.managersHandlers?.['receipts:save']?.({ settings }, theManager);
  await live.must('members:find', { query: meiLing.number });
  const shop = await openWith(live);
  const person = { language: null, pin: LIVE_PIN };
  await shop.must('people:add', { version: 0, name: 'Boss', role: 'manager', newPin: pins.boss, ...person });
  const of = () => ({ version: shop.people().version, pin: { person: shop.idOf('Boss'), pin: pins.boss } });
  await shop.must('people:add', { ...of(), name: 'Mei', role: 'cashier', newPin: pins.mei, language: null });
  await shop.must('people:setPermissions', { ...of(), permissions });
  await signIn(shop, 'Mei', pins.mei);
  return { shop, live, printer };
}

async function closed(shop: Shop, cash: string): Promise<ShiftReport> {
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', { count: countOf(cash) });
  const { number } = await shop.must('shifts:close', { reason: null });
  return (await shop.must('shifts:report', { number })).report;
}

/** A press during an attempt is refused, also while offline; the cashier presses again after it. */
async function cancel(shop: Shop, request: ChannelArgs<'entries:cancel'>): Promise<void> {
  for (;;) {
    const answer = await shop.call('entries:cancel', request);
    if (answer.ok) return;
    expect(answer).toMatchObject({ error: { code: 'entry-touched' } });
    await shop.until(({ counts }) => counts.sending === 0);
  }
}

const line = (report: ShiftReport, name: string) => {
  const { entries, principal } = (
    reportedLines(report) as Record<string, { entries: number; principal: string }>
  )[name] ?? { entries: -1, principal: 'none' };
  return [entries, principal];
};

const denied = everything('deny');
const quiet: Permissions = {
  ...denied,
  acts: { ...denied.acts, cancelAfterPaper: 'allow', drawerElsewhere: 'allow', otherFloat: 'allow' },
};

it('what the drawer opened for and was sent anew under another number was not given back', async () => {
  const till = await openShiftTill();
  await openOne(till, '0');
  const {
    hosts: { account },
    ledger: { journal, outbox, replace },
  } = till.driven.till.session;
  till.driven.store.addFault({ fault: { kind: 'drop', when: 'before' }, method, times: 1 });
  const lost = till.enter(0, '40', 'cash');
  noteOpening(journal, { cause: 'entry', entry: 1 }, mei);
  await till.driven.drive(() => outbox.byId(lost.id)?.state === 'unknown');
  const entry = outbox.byId(lost.id);
  const sign = account.signer()?.sign;
  if (entry === null || sign === undefined) throw new Error('it is gone');
  replace(entry, { who: theManager, reason: 'its second was taken', evidence: [] }, sign);
  const { report } = await till.must('shifts:wholeReport', {}, theManager);
  expect(report.tenders[0]?.expected).toBe('40');
  expect([line(report, 'openedCancelled'), line(report, 'openedSale')]).toEqual([
    [0, '0'],
    [1, '40'],
  ]);
});

it('a shop may ask for a manager, or not let its cashiers do it at all', async () => {
  const asked = everything('approve');
  const { shop, live, printer } = await openCounter(asked);
  const approval = { person: shop.idOf('Boss'), pin: pins.boss };
  const needed = (reason: string) => ({ error: { code: 'approval-needed', details: { reason } } });
  const elsewhere = { float: amount('0'), drawer: 'elsewhere' } as const;
  expect(await shop.call('shifts:open', elsewhere)).toMatchObject(needed('drawerElsewhere'));
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await live.store.setPlug(false);
  const { id } = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '80', tender: 'cash' }));
  const bare = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '5', tender: 'cash' }));
  await shop.must('receipts:print', { id });
  await printer.until(() => printer.papers.length === 1);
  // Nothing was handed out of this one.
  await cancel(shop, { id: bare.id });
  expect(await shop.call('entries:cancel', { id })).toMatchObject(needed('cancelAfterPaper'));
  await cancel(shop, { id, approval });
  await closed(shop, '100');
  const less = { float: amount('50'), drawer: 'own' } as const;
  expect(await shop.call('shifts:open', less)).toMatchObject(needed('otherFloat'));
  await shop.must('shifts:open', { ...less, approval });
  await closed(shop, '50');
  await shop.must('shifts:open', less);
  await closed(shop, '50');
  const { version } = shop.people();
  await shop.must('people:setPermissions', { version, permissions: denied, pin: approval });
  for (const wish of [elsewhere, { ...less, float: amount('60') }])
    expect(await shop.call('shifts:open', { ...wish, approval })).toMatchObject({
      error: { code: 'act-denied' },
    });
});

it('another float that is asked for while the shift before it closes is held against what that one counted', async () => {
  const { shop } = await openCounter(denied);
  await shop.must('shifts:open', { float: amount('400'), drawer: 'own' });
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', { count: countOf('400') });
  const [opened, shut] = await Promise.all([
    shop.call('shifts:open', { float: amount('50'), drawer: 'own' }),
    shop.call('shifts:close', { reason: null }),
  ]);
  expect([opened, shut]).toMatchObject([{ error: { code: 'act-denied' } }, { ok: true }]);
  expect(shop.till.snapshot().shift.open).toBeNull();
});

it('no paper of an unsettled entry, and no pulse, comes out while the keyring is locked: nobody could note it', async () => {
  const { shop, live, printer } = await openCounter(quiet);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  const done = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '20', tender: 'card' }));
  await shop.until(({ counts }) => counts.confirmed === 1);
  await live.store.setPlug(false);
  const { id } = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '80', tender: 'cash' }));
  await printer.until(() => printer.kicks() === 1);
  await shop.till.stop(5_000);
  const lost = { load: async () => ({ state: 'lost', reason: 'keyring-unavailable' }) } as unknown as Vault;
  const locked = openProgram({ folder: live.folder, vault: lost });
  await locked.till.start();
  await locked.must('receipts:print', { id });
  await locked.until(({ receipts }) => receipts.unsettled === 1);
  const { jobs } = await locked.must('receipts:queue', {});
  expect(jobs).toMatchObject([{ entryId: id, state: 'failed', problem: { code: 'receipt-not-noted' } }]);
  // What KYBIO has for good comes out as ever.
  await locked.must('receipts:print', { id: done.id });
  await printer.until(() => printer.papers.length === 1);
  expect(String(printer.papers[0])).toContain('Confirmed');
  expect(() => noteOpening(locked.till.session()?.ledger.journal ?? null, { cause: 'no-sale' })).toThrow(
    'key-lost',
  );
  await locked.till.stop(5_000);
  const again = await openWith(openProgram({ folder: live.folder, vault: live.vault }));
  await again.till.start();
  await signIn(again, 'Mei', pins.mei);
  await again.must('receipts:print', { id });
  await printer.until(() => printer.papers.length === 2);
  await again.must('entries:cancel', { id });
  expect(line(await closed(again, '100'), 'afterPaper')).toEqual([1, '80']);
  await again.till.stop(5_000);
});

it('a till whose managers said nothing of it asks for the drawer without a sale, and takes another float', () => {
  expect(firstPermissions.acts).toMatchObject({ noSale: 'approve', otherFloat: 'allow' });
});

it('thousands of openings are a few cells, and a list that is too long says how much is not in it', async () => {
  const till = await openShiftTill();
  await openOne(till);
  const { journal } = till.driven.till.session.ledger;
  for (let at = 0; at < 3_000; at += 1)
    noteOpening(journal, { cause: 'paid-in', sum: amount('0.01') }, at % 2 === 0 ? mei : siti);
  const { report } = await till.must('shifts:wholeReport', {}, theManager);
  expect(report.cells.map(({ line: of, entries, principal }) => [of, entries, principal])).toEqual([
    ['opened-paid-in', 1_500, '15'],
    ['opened-paid-in', 1_500, '15'],
  ]);
  const entry = { ...entryOfZ('e', { state: 'cancelled' }), by: 'Mei' };
  const lists = {
    unsettled: [],
    late: [],
    takenUp: [],
    afterPaper: Array.from({ length: 700 }, () => entry),
  };
  expect(fitted(report, lists)).toMatchObject({ unlisted: 200 });
});
