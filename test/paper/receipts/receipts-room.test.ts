import { describe, expect, it, vi } from 'vitest';
import { meiLing } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import type { FileSaver, ReceiptCanvas } from '../../../main/kernel/ports.ts';
import { noTerms } from '../../../main/ledger/tables/fact-columns.ts';
import { defaultReceiptSettings } from '../../../main/paper/receipts/settings.ts';
import {
  amount,
  ok,
  type PrintState,
  type ReceiptSettings,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { mei, startShiftTill } from '../../day/shifts/support.ts';
import { openDrivenTill } from '../../kit/driven-till.ts';
import { LIVE_PIN, openLiveProgram } from '../../kit/live-program.ts';
import { openProgram, type Program, topUp } from '../../kit/program.ts';
import { openTestTill, temporaryFolder } from '../../kit/till.ts';
import { type FakePrinter, startFakePrinter } from './fake-printer.ts';

const pin = '24681357';

const settingsFor = (printer: FakePrinter, change: Partial<ReceiptSettings> = {}): ReceiptSettings => ({
  ...defaultReceiptSettings,
  printer: { kind: 'network', address: printer.address },
  header: 'Fun Toys',
  ...change,
});

async function openPractice(folder?: string): Promise<Program> {
  const program = openProgram(folder === undefined ? {} : { folder });
  await program.till.start();
  // It opens by itself where it was open last.
  if (program.till.session() === null) await program.must('setup:openPractice', {});
  return program;
}

const openWith = async (printer: FakePrinter, change: Partial<ReceiptSettings> = {}, folder?: string) =>
  printingWith(await openPractice(folder), printer, change);

/** A drawer has real money in it. */
const openLiveWith = async (printer: FakePrinter, change: Partial<ReceiptSettings> = {}) =>
  printingWith(await openLiveProgram(), printer, change);

async function printingWith<P extends Program>(
  program: P,
  printer: FakePrinter,
  change: Partial<ReceiptSettings>,
): Promise<P> {
  const room = program.till.session()?.rooms.find(({ name }) => name === 'receipts');
  await room?.managersHandlers?.['receipts:save']?.({ settings: settingsFor(printer, change) }, theManager);
  await program.must('members:find', { query: meiLing.number });
  return program;
}

const untilJob = async (program: Program, state: PrintState) => {
  for (;;) {
    const { jobs } = await program.must('receipts:queue', {});
    const found = jobs.find((job) => job.state === state);
    if (found !== undefined) return found;
    const { changes } = program.till.snapshot().receipts;
    await program.until(({ receipts }) => receipts.changes !== changes);
  }
};

describe('a receipt', () => {
  it('carries the code by which a till that lost the entry takes it up', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    const slips = program.till.session()?.paper.slips;
    if (slips === undefined) throw new Error('no till');
    // The code is drawn: which one, its maker tells.
    const made = vi.spyOn(slips, 'codeOf');
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.until(({ counts }) => counts.confirmed === 1);
    await program.must('receipts:print', { id });
    await untilJob(program, 'printed');
    const code = made.mock.results.at(-1)?.value;
    expect(slips.scan(String(code), null, theManager)).toMatchObject({
      value: { outcome: 'known', isConfirmed: true, entry: { id } },
    });
  });

  it('comes out when somebody presses, and its copy says so', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.until(({ counts }) => counts.confirmed === 1);
    await program.must('receipts:print', { id });
    await untilJob(program, 'printed');
    await program.must('receipts:print', { id });
    await printer.until(() => printer.papers.length === 2);
    const [first, second] = printer.papers.map(String);
    expect(first).toContain('Fun Toys');
    expect(first).toContain('Confirmed');
    expect(first).toContain('PRACTICE: no real money');
    expect(first).not.toContain('COPY');
    expect(second).toContain('COPY 1');
  });

  it('of which nothing came out is asked about, and never printed again by itself', async () => {
    const printer = await startFakePrinter();
    Object.assign(printer, { automatic: 'always', mood: 'eager' });
    const program = await openWith(printer);
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.must('receipts:print', { id });
    expect((await untilJob(program, 'unknown')).problem?.code).toBe('printer-paper-out');
    printer.mood = 'ready';
    await program.until(({ counts }) => counts.confirmed === 1);
    const { jobs } = await program.must('receipts:queue', {});
    expect([jobs.map(({ state }) => state), printer.papers]).toEqual([['unknown'], []]);
  });

  it('says that a part was taken back, and not that all is as it was', async () => {
    const program = await openPractice();
    await program.must('members:find', { query: meiLing.number });
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.until(({ counts }) => counts.confirmed === 1);
    await program.must('manager:makePin', { pin, appKey: '' });
    const { take } = await program.must('entries:planReversal', { id, principal: amount('4') });
    const requestId = crypto.randomUUID();
    const reversal = await program.must('entries:reverse', { id, requestId, take, pin });
    await program.until(({ counts }) => counts.confirmed === 2);
    const { text } = await program.must('receipts:preview', { id });
    expect(text.replace(/\s+/g, ' ')).toContain(
      `A part of it was taken back by number ${reversal.reference}.`,
    );
    const whole = await program.must('topUps:create', topUp(meiLing, { balanceIncrement: '3.00' }));
    const other = await program.must('receipts:preview', { id: whole.id });
    expect(other.text).not.toContain('taken back');
  });

  it('says that it is not confirmed while the network is away', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    await program.must('practice:setPlug', { in: false });
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.must('receipts:print', { id });
    await printer.until(() => printer.papers.length === 1);
    expect(String(printer.papers[0])).toContain('Saved, not yet confirmed');
    const { text } = await program.must('receipts:preview', { id });
    expect(text).toContain('Saved, not yet confirmed');
  });

  it('comes out by itself after each entry where a manager wants that', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer, { after: 'always' });
    await program.must('topUps:create', topUp(meiLing));
    await printer.until(() => printer.papers.length === 1);
    expect(String(printer.papers[0])).toContain('Confirmed');
    await untilJob(program, 'printed');
  });

  it('waits for a printer that is off, without holding the entry, and comes out once it is on', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    await printer.off();
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.must('receipts:print', { id });
    await program.until(({ receipts }) => receipts.problem?.code === 'printer-unreachable');
    await program.until(({ counts }) => counts.confirmed === 1);
    await printer.on();
    await printer.until(() => printer.papers.length === 1);
    await untilJob(program, 'printed');
    expect(program.till.snapshot().receipts).toMatchObject({ waiting: 0, unsettled: 0, problem: null });
  });

  it('is never printed a second time by itself, not after a restart either', async () => {
    const folder = temporaryFolder();
    const printer = await startFakePrinter();
    const program = await openWith(printer, {}, folder);
    printer.mood = 'dies';
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.must('receipts:print', { id });
    await untilJob(program, 'unknown');
    await program.till.stop(0);
    printer.mood = 'ready';
    const again = await openPractice(folder);
    expect(again.till.snapshot().receipts).toMatchObject({ waiting: 0, unsettled: 1 });
    expect(printer.papers).toEqual([]);
    const asked = await untilJob(again, 'unknown');
    expect(asked.problem?.code).toBe('printer-cut-off');
    await again.must('receipts:answer', { ids: [asked.id], answer: 'print' });
    await printer.until(() => printer.papers.length === 1);
    expect(String(printer.papers[0])).toContain('COPY 1');
  });

  it('that waited when the till was closed is asked about, and not printed', async () => {
    const folder = temporaryFolder();
    const printer = await startFakePrinter();
    const program = await openWith(printer, {}, folder);
    await printer.off();
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.must('receipts:print', { id });
    await program.until(({ receipts }) => receipts.problem !== null);
    await program.till.stop(0);
    await printer.on();
    const again = await openPractice(folder);
    const asked = await untilJob(again, 'failed');
    await again.must('receipts:answer', { ids: [asked.id], answer: 'leave' });
    expect(again.till.snapshot().receipts).toMatchObject({ waiting: 0, unsettled: 0 });
    expect(printer.papers).toEqual([]);
  });
});

/** A till whose save dialog stands open until the test chooses a place. */
async function openWithDialog() {
  const driven = await openDrivenTill();
  const files: unknown[] = [];
  let asked = (): void => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let choose = (): void => undefined;
  const isChosen = new Promise<void>((resolve) => {
    choose = resolve;
  });
  const saver: FileSaver = {
    save: async ({ text, begin }) => {
      asked();
      await isChosen;
      begin?.();
      files.push(text);
      return ok('/receipt.pdf');
    },
  };
  const canvas: ReceiptCanvas = {
    grey: () => Promise.reject(new Error('no picture')),
    printers: async () => [],
    print: async () => 'no printer',
    pdf: async () => new Uint8Array(1),
    pick: async () => ok(null),
  };
  const world = { clock: driven.clock, receipts: { canvas, saver } };
  const till = await openTestTill(driven.store, { folder: temporaryFolder(), world });
  const shop = await startShiftTill({ ...driven, till });
  await driven.store.setPlug(false);
  const { id } = shop.enter(0, '20', 'cash');
  await till.until(({ session }) => session.hosts.link.state.reach === 'offline');
  const saving = shop.ask('receipts:savePdf', { id });
  await isAsked;
  return { session: till.session, id, saving, choose, files };
}

describe('a PDF', () => {
  it('of an entry that is cancelled while somebody looks for its place is not written', async () => {
    const { session, id, saving, choose, files } = await openWithDialog();
    expect(session.counter.topUps.cancel(id, mei).ok).toBe(true);
    choose();
    expect(await saving).toMatchObject({ ok: false, error: { code: 'entry-changed' } });
    expect([files, session.ledger.journal?.hasNote('paper handed out')]).toEqual([[], false]);
  });

  it('is a paper handed out once its place is chosen', async () => {
    const { session, saving, choose, files } = await openWithDialog();
    expect(session.ledger.journal?.hasNote('paper handed out')).toBe(false);
    choose();
    expect(await saving).toEqual(ok({ saved: true }));
    expect([files.length, session.ledger.journal?.hasNote('paper handed out')]).toEqual([1, true]);
  });
});

describe('setting it up', () => {
  it('prints a test page, and says why not in words of its own', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    expect(await program.must('receipts:testPrint', {})).toEqual({ end: 'printed' });
    expect(String(printer.papers[0])).toContain('Test print');
    printer.mood = 'paper-out';
    expect(await program.call('receipts:testPrint', {})).toMatchObject({
      ok: false,
      error: { code: 'printer-paper-out' },
    });
  });

  it('relies on a printer that says nothing, once a person has seen the paper', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    printer.mood = 'mute';
    expect(await program.must('receipts:testPrint', {})).toEqual({ end: 'unknown' });
    await program.must('receipts:testCameOut', {});
    const { id } = await program.must('topUps:create', topUp(meiLing));
    await program.must('receipts:print', { id });
    await untilJob(program, 'printed');
  });

  it('is a manager’s, and is journaled', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer);
    const settings = settingsFor(printer, { width: '58' });
    await program.must('manager:makePin', { pin, appKey: '' });
    expect(await program.call('receipts:save', { settings })).toMatchObject({ ok: false });
    expect((await program.must('receipts:get', {})).settings.width).toBe('80');
    const session = program.till.session();
    expect(session?.ledger.journal?.hasNote('receipts set')).toBe(true);
  });

  it('opens the drawer for a manager', async () => {
    const printer = await startFakePrinter();
    const program = await openLiveWith(printer);
    await program.must('receipts:openDrawer', { pin: LIVE_PIN });
    expect(printer.kicks()).toBe(1);
  });

  it('prints nothing where no printer is set', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer, { printer: { kind: 'none' } });
    const { id } = await program.must('topUps:create', topUp(meiLing));
    expect(await program.call('receipts:print', { id })).toMatchObject({
      ok: false,
      error: { code: 'printer-none' },
    });
  });
});

describe('the drawer', () => {
  const paid = (program: Program, tender: string, requestId = tender) => {
    const session = program.till.session();
    const sign = session?.hosts.account.signer()?.sign;
    if (session === null || sign === undefined) throw new Error('no key');
    const { customerUid, number: customerNumber, name: customerName } = meiLing;
    session.ledger.outbox.add(
      {
        ...{ requestId, kind: 'top-up', customerUid, customerNumber, customerName, actor: 'Mei' },
        personId: null,
        ...{ balanceIncrement: amount('10'), pointIncrement: zeroAmount, note: '', corrects: null },
        terms: { ...noTerms, tender },
      },
      sign,
    );
  };

  it('opens after cash where a manager wants that, and after nothing else', async () => {
    const printer = await startFakePrinter();
    const program = await openLiveWith(printer, { opensDrawer: true });
    paid(program, 'card');
    paid(program, 'cash');
    await printer.until(() => printer.kicks() > 0);
    await program.till.stop(5_000);
    expect(printer.kicks()).toBe(1);
  });

  it('stays shut in practice, whatever is entered and whoever asks', async () => {
    const printer = await startFakePrinter();
    const program = await openWith(printer, { opensDrawer: true, after: 'always' });
    await program.must('manager:makePin', { pin, appKey: '' });
    paid(program, 'cash');
    await untilJob(program, 'printed');
    expect(await program.call('receipts:openDrawer', { pin })).toMatchObject({
      error: { code: 'not-from-practice' },
    });
    await program.till.stop(5_000);
    expect([printer.kicks(), printer.papers.length]).toEqual([0, 1]);
  });

  it('stays shut by what stands for an earlier entry, which has its paper', async () => {
    const printer = await startFakePrinter();
    const program = await openLiveWith(printer, { opensDrawer: true, after: 'always' });
    paid(program, 'cash', 'replace:AAAAAAAAQACAAAAAAAAAAQ');
    paid(program, 'cash');
    await printer.until(() => printer.kicks() > 0 && printer.papers.length > 0);
    await untilJob(program, 'printed');
    await program.till.stop(5_000);
    expect([printer.kicks(), printer.papers.length]).toEqual([1, 1]);
    const again = openProgram({ folder: program.folder, vault: program.vault });
    await again.till.start();
    expect(again.till.snapshot().receipts).toMatchObject({ waiting: 0, unsettled: 0 });
  });
});
