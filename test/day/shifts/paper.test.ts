import { expect, it } from 'vitest';
import { readZFile } from '../../../main/day/shifts/z-file.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { defaultReceiptSettings } from '../../../main/paper/receipts/settings.ts';
import { amount, ok } from '../../../preload/contract/index.ts';
import type { openDrivenTill } from '../../kit/driven-till.ts';
import { openLiveProgram } from '../../kit/live-program.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill } from '../../kit/till.ts';
import { startFakePrinter } from '../../paper/receipts/fake-printer.ts';
import { asShiftTill, countOf, mei } from './support.ts';

it('a Z comes out of the printer as a job of the queue, and the drawer opens for what is paid in', async () => {
  const printer = await startFakePrinter();
  const program = await openLiveProgram();
  expect(await program.call('shifts:print', { number: null })).toMatchObject({
    error: { code: 'shift-none' },
  });
  await program.must('shifts:open', { float: amount('10'), drawer: 'own' });
  expect(await program.call('shifts:print', { number: null })).toMatchObject({
    error: { code: 'printer-none' },
  });
  const room = program.till.session()?.rooms.find(({ name }) => name === 'receipts');
  const settings = {
    ...{ ...defaultReceiptSettings, opensDrawer: true },
    printer: { kind: 'network', address: printer.address },
  } as const;
  await room?.managersHandlers?.['receipts:save']?.({ settings }, theManager);
  const money = { kind: 'paid-in', amount: amount('5'), reason: 'Change', requestId: 'a' } as const;
  await program.must('shifts:move', money);
  await program.must('shifts:beginCount', {});
  await program.must('shifts:commitCount', { count: countOf('15') });
  await program.must('shifts:close', { reason: null });
  await program.must('shifts:print', { number: 1 });
  for (;;) {
    const { jobs } = await program.must('receipts:queue', {});
    const job = jobs.find(({ reference }) => reference === 'Z 1');
    expect(job).toMatchObject({ memberName: '' });
    if (job?.state === 'printed') break;
    const { changes } = program.till.snapshot().receipts;
    await program.until(({ receipts }) => receipts.changes !== changes);
  }
  expect(Buffer.concat(printer.papers).toString('latin1')).toContain('Z report 1');
  expect(printer.kicks()).toBe(1);
});

it('a report is saved as a table and as a sealed file, and nothing is said to be saved that was not', async () => {
  const files = new Map<string, string | Uint8Array>();
  let isChosen = true;
  const saver = {
    save: async ({ name, text }: { name: string; text: string | Uint8Array }) => {
      if (isChosen) files.set(name, text);
      return ok(isChosen ? name : null);
    },
  };
  const store = await startPracticeStore();
  const opened = await openTestTill(store, { world: { receipts: { saver } as never } });
  const till = asShiftTill({ till: opened } as Awaited<ReturnType<typeof openDrivenTill>>);
  await till.must('shifts:open', { float: amount('10'), drawer: 'own' });
  await till.must('shifts:beginCount', {});
  await till.must('shifts:commitCount', { count: countOf('10') });
  await till.must('shifts:close', { reason: null }, mei);
  expect(await till.must('shifts:saveCsv', { number: 1 })).toEqual({ saved: true });
  const { report } = await till.must('shifts:report', { number: 1 });
  const name = `Z1 ${report.till} ${report.businessDay}`;
  expect(String(files.get(`${name} raw.csv`))).toContain('sum,float');
  expect(await till.must('shifts:saveFile', { number: 1 })).toEqual({ saved: true });
  const account = { host: store.baseUrl, appId: store.appId };
  expect(readZFile(store.appKey, account, String(files.get(`${name}.json`)))).toMatchObject({
    ...{ ok: true, report: { number: 1, kind: 'z' } },
  });
  isChosen = false;
  expect(await till.must('shifts:saveCsv', { number: 1 })).toEqual({ saved: false });
  expect(await till.ask('shifts:saveFile', { number: 7 })).toMatchObject({
    error: { code: 'shift-not-found' },
  });
});
