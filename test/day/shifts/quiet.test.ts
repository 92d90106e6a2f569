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
  type EntryFilter,
  everyEntry,
  guardedActs,
  type Permissions,
  type ReceiptSettings,
  reportedLines,
  type ShiftReport,
} from '../../../preload/contract/index.ts';
import { LIVE_PIN, type LiveProgram, openLiveProgram } from '../../kit/live-program.ts';
import { method } from '../../kit/losing.ts';
import { openProgram, topUp } from '../../kit/program.ts';
import { answerRead } from '../../kit/review.ts';
import { entryOfZ } from '../../kit/z-reports.ts';
import { type FakePrinter, startFakePrinter } from '../../paper/receipts/fake-printer.ts';
import { openWith, pins, type Shop, signIn } from '../../people/support.ts';
import { openOne } from './steps.ts';
import { codeOf, countOf, mei, openShiftTill, openTwins, scan, siti, startShiftTill } from './support.ts';

// What a cashier can do quietly, all guarded acts denied (`attack-2`, H1 to H3): it stands on the Z.

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
async function openCounter(
  permissions: Permissions,
  change: Partial<ReceiptSettings> = {},
): Promise<Counter> {
  const printer = await startFakePrinter();
  const live = await openLiveProgram();
  const room = live.till.session()?.rooms.find(({ name }) => name === 'receipts');
  const settings: ReceiptSettings = {
    ...{ ...defaultReceiptSettings, opensDrawer: true, ...change },
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

it('H1: 80 in cash, a receipt for the member, and the entry cancelled: the Z says so, and who did it', async () => {
  const { shop, live, printer } = await openCounter(quiet);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await live.store.setPlug(false);
  const { id } = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '80', tender: 'cash' }));
  await shop.must('receipts:print', { id });
  await printer.until(() => printer.papers.length === 1);
  const other = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '7', tender: 'cash' }));
  await printer.until(() => printer.kicks() === 2);
  await cancel(shop, { id });
  await cancel(shop, { id: other.id });
  const z = await closed(shop, '100');
  expect(z.tenders[0]).toMatchObject({ expected: '100', variance: '0' });
  // Nothing was handed out of the other one.
  expect([line(z, 'cancelled'), line(z, 'afterPaper')]).toEqual([
    [2, '87'],
    [1, '80'],
  ]);
  expect(z.afterPaper).toMatchObject([
    { id, principal: '80', tender: 'cash', cashier: 'Mei', by: 'Mei', state: 'cancelled' },
  ]);
  const filter: EntryFilter = { ...everyEntry, state: 'afterPaper' };
  const found = await shop.must('find:entries', { filter, before: null });
  expect(found.entries.map((entry) => entry.id)).toEqual([id]);
});

it('H2: the drawer opens for a cent that is paid in, and for a cent that is entered and cancelled: both stand there', async () => {
  const { shop, live, printer } = await openCounter(quiet);
  const pin = { person: shop.idOf('Mei'), pin: pins.mei };
  expect(await shop.call('receipts:openDrawer', { pin })).toMatchObject({ error: { code: 'act-denied' } });
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await live.store.setPlug(false);
  const cent = { kind: 'paid-in', amount: amount('0.01'), reason: 'Coin', requestId: 'a' } as const;
  await shop.must('shifts:move', cent);
  await printer.until(() => printer.kicks() === 1);
  const cents = topUp(meiLing, { balanceIncrement: '0.01', tender: 'cash' });
  const { id } = await shop.must('topUps:create', cents);
  await printer.until(() => printer.kicks() === 2);
  await cancel(shop, { id });
  const z = await closed(shop, '100.01');
  expect([line(z, 'paidIn'), line(z, 'openedPaidIn')]).toEqual([
    [1, '0.01'],
    [1, '0.01'],
  ]);
  expect([line(z, 'openedCancelled'), line(z, 'openedSale'), line(z, 'openedNoSale')]).toEqual([
    [1, '0.01'],
    [0, '0'],
    [0, '0'],
  ]);
  const of = z.cells.filter(({ line: cell = 'sale' }) => cell.startsWith('opened-'));
  expect(of.map(({ cashier }) => cashier)).toEqual(['Mei', 'Mei']);
});

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

it('what another till’s receipt brought was in no drawer here, also where it is given back: a blind report has it', async () => {
  const { before, after } = await openTwins();
  await openOne(before);
  const other = await startShiftTill(await after.driven.fresh());
  await openOne(other);
  await before.driven.store.setPlug(false);
  const { id } = before.enter(0, '40', 'cash');
  expect(scan(other, codeOf(before, id))).toBe('taken-up');
  await before.driven.store.setPlug(true);
  const {
    counter: { review },
  } = other.driven.till.session;
  await other.driven.pass(300_000);
  const version = other.driven.till.session.ledger.outbox.byId(id)?.version ?? 0;
  const dropped = await answerRead(review, { id, version }, 'drop', theManager, { isMeant: true });
  expect(dropped).toMatchObject({ ok: true });
  const { report } = await other.must('shifts:report', { number: null });
  expect(report.isBlind).toBe(true);
  expect(report.afterPaper).toMatchObject([{ id, line: 'taken-up', tender: null }]);
  expect(line(report, 'afterPaper')).toEqual([1, '40']);
});

it('H3: what a shift took whose drawer is elsewhere is named on its Z, and what was counted before it is not forgotten', async () => {
  const { shop, printer } = await openCounter(quiet);
  await shop.must('shifts:open', { float: amount('400'), drawer: 'own' });
  expect(line(await closed(shop, '400'), 'uncounted')).toEqual([0, '0']);
  await shop.must('shifts:open', { float: amount('0'), drawer: 'elsewhere' });
  await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '300', tender: 'cash' }));
  await printer.until(() => printer.kicks() === 1);
  await shop.until(({ counts }) => counts.confirmed === 1);
  const { number } = await shop.must('shifts:close', { reason: null });
  const elsewhere = (await shop.must('shifts:report', { number })).report;
  expect([line(elsewhere, 'uncounted'), line(elsewhere, 'toBank')]).toEqual([
    [1, '300'],
    [0, '0'],
  ]);
  await shop.must('shifts:open', { float: amount('50'), drawer: 'own' });
  const own = await closed(shop, '50');
  expect(own.opening).toEqual({ counted: '400', shift: 1, uncounted: '300' });
  expect([line(own, 'toBank'), line(own, 'putIn'), own.openedBy]).toEqual([[1, '350'], [0, '0'], 'Mei']);
});

it('H3: a float of less than was counted, or of more, says by how much, and the first one that nothing was', async () => {
  const { shop } = await openCounter(quiet);
  await shop.must('shifts:open', { float: amount('400'), drawer: 'own' });
  const first = await closed(shop, '400');
  expect(first.opening).toEqual({ counted: null, shift: null, uncounted: '0' });
  expect([line(first, 'toBank'), line(first, 'putIn')]).toEqual([
    [0, '0'],
    [0, '0'],
  ]);
  await shop.must('shifts:open', { float: amount('50'), drawer: 'own' });
  expect(line(await closed(shop, '50'), 'toBank')).toEqual([1, '350']);
  await shop.must('shifts:open', { float: amount('80'), drawer: 'own' });
  expect(line(await closed(shop, '80'), 'putIn')).toEqual([1, '30']);
});

it('stands on the next Z where it was cancelled then, and on none where KYBIO took it', async () => {
  const { shop, live, printer } = await openCounter(quiet);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await live.store.setPlug(false);
  const [kept, gone] = [
    await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '20', tender: 'cash' })),
    await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '80', tender: 'card' })),
  ];
  for (const { id } of [kept, gone]) await shop.must('receipts:print', { id });
  await printer.until(() => printer.papers.length === 2);
  expect((await closed(shop, '120')).afterPaper).toEqual([]);
  await shop.must('shifts:open', { float: amount('120'), drawer: 'own' });
  await cancel(shop, { id: gone.id });
  await live.store.setPlug(true);
  await shop.until(({ counts }) => counts.confirmed === 1);
  const z = await closed(shop, '120');
  expect(z.afterPaper).toMatchObject([{ id: gone.id, by: 'Mei', shift: 1, tender: 'card' }]);
  expect([line(z, 'afterPaper'), line(z, 'late')]).toEqual([
    [1, '80'],
    [1, '80'],
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

it('outlives a restart, and what the drawer opens for after a count is the next shift’s', async () => {
  const { shop, live, printer } = await openCounter(quiet);
  await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
  await live.store.setPlug(false);
  const { id } = await shop.must('topUps:create', topUp(meiLing, { balanceIncrement: '80', tender: 'cash' }));
  await shop.must('receipts:print', { id });
  await printer.until(() => printer.papers.length === 1 && printer.kicks() === 1);
  await shop.till.stop(5_000);
  const again = await openWith(openProgram({ folder: live.folder, vault: live.vault }));
  await again.till.start();
  await signIn(again, 'Mei', pins.mei);
  await again.must('entries:cancel', { id });
  await again.must('shifts:beginCount', {});
  await again.must('shifts:commitCount', { count: countOf('100') });
  // Between the count and the close it opens once more.
  noteOpening(again.till.session()?.ledger.journal ?? null, { cause: 'no-sale' }, theManager);
  const { number } = await again.must('shifts:close', { reason: null });
  const { report } = await again.must('shifts:report', { number });
  expect([line(report, 'openedCancelled'), line(report, 'openedNoSale'), line(report, 'afterPaper')]).toEqual(
    [
      [1, '80'],
      [0, '0'],
      [1, '80'],
    ],
  );
  await again.must('shifts:open', { float: amount('100'), drawer: 'own' });
  const next = await closed(again, '100');
  expect([line(next, 'openedCancelled'), line(next, 'openedNoSale')]).toEqual([
    [0, '0'],
    [1, '0'],
  ]);
  await again.till.stop(5_000);
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
