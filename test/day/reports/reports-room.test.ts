import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createReportsRoom } from '../../../main/day/reports/reports-room.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { createMutex } from '../../../main/kernel/mutex.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import { amount, ok } from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';
import { noOwner, ownerLookOf } from '../../kit/fake-owner.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openProgram } from '../../kit/program.ts';
import { openTestTill, silentLogger, temporaryFolder } from '../../kit/till.ts';
import { zReportOf } from '../../kit/z-reports.ts';
import { must } from './import-support.ts';

it('takes files of other tills in, adds them up, keeps them over a start, and takes them out', async () => {
  const store = await startPracticeStore();
  const picked: string[] = [];
  const world = { reportPicker: { pickMany: async () => picked } };
  const till = await openTestTill(store, { world });
  const today = till.session.kernel.today();
  const shop = { host: store.baseUrl, appId: store.appId };
  const from = temporaryFolder();
  for (const number of [3, 4]) {
    const file = join(from, `z-report-${number}.json`);
    const report = zReportOf({ number, businessDay: today, id: `z${number}` });
    writeFileSync(file, writeZFile(store.appKey, shop, report));
    picked.push(file);
  }
  const { files, view } = await must(till, 'reports:importFiles', {});
  expect(files.map(({ outcome }) => outcome)).toEqual(['taken', 'taken']);
  const sum = { reports: 2, net: '200', variance: { short: '0', over: '0' } };
  expect(view.day.at(-1)?.sum).toMatchObject(sum);
  expect(view.reports.map(({ id, isOwn }) => [id, isOwn])).toEqual([
    ['z3', false],
    ['z4', false],
  ]);
  await till.close();

  const again = await openTestTill(store, { world, folder: till.folder });
  expect((await must(again, 'reports:look', {})).view?.month.at(-1)?.sum).toMatchObject(sum);
  const left = (await must(again, 'reports:removeFile', { id: 'z3' })).view;
  expect(left.day.at(-1)?.sum).toMatchObject({ reports: 1, net: '100' });
  await again.close();

  // Verified once, it counts under another App key too.
  const other = await openTestTill(store, { world, folder: till.folder, appKey: 'ANOTHER-KEY' });
  expect((await must(other, 'reports:look', {})).view).toMatchObject({ unread: 0, reports: [{ id: 'z4' }] });
});

it('of two accounts of one Z none counts until a manager picks one, who can pick the other; it is kept over a start', async () => {
  const store = await startPracticeStore();
  const from = temporaryFolder();
  const picked = [join(from, 'a.json'), join(from, 'b.json')];
  const world = { reportPicker: { pickMany: async () => picked } };
  const till = await openTestTill(store, { world });
  const shop = { host: store.baseUrl, appId: store.appId };
  const businessDay = till.session.kernel.today();
  for (const [index, sum] of ['100', '900'].entries()) {
    const report = zReportOf({ id: 'twice', number: 7, businessDay }, amount(sum));
    writeFileSync(picked[index] ?? '', writeZFile(store.appKey, shop, report));
  }
  const { files, view } = await must(till, 'reports:importFiles', {});
  expect(files.map(({ outcome }) => outcome)).toEqual(['taken', 'differs']);
  const today = (of: typeof view | null) => [of?.day.at(-1)?.sum.net, of?.day.at(-1)?.missing];
  expect(today(view)).toEqual(['0', []]);
  expect(view.reports).toEqual([]);
  expect(view.conflicts).toMatchObject([
    { id: 'twice', picked: null, variants: [{ net: '100', number: 7, till: 'Counter 2' }, { net: '900' }] },
  ]);
  const [small = '', large = ''] = view.conflicts[0]?.variants.map(({ digest }) => digest) ?? [];
  expect(today((await must(till, 'reports:pick', { id: 'twice', digest: large })).view)).toEqual(['900', []]);
  await till.close();

  const again = await openTestTill(store, { world, folder: till.folder });
  expect(today((await must(again, 'reports:look', {})).view)).toEqual(['900', []]);
  const other = (await must(again, 'reports:pick', { id: 'twice', digest: small })).view;
  expect(today(other)).toEqual(['100', []]);
  expect(other.conflicts).toMatchObject([{ picked: small }]);
  await expect(must(again, 'reports:pick', { id: 'twice', digest: 'none' })).rejects.toThrow('z-not-found');
  const notes = again.session.ledger.journal?.notes('z picked', { limit: 9 });
  expect(notes?.map(({ content, actor }) => [content, actor])).toEqual([
    [{ id: 'twice', digest: small }, 'manager'],
    [{ id: 'twice', digest: large }, 'manager'],
  ]);
  expect((await must(again, 'reports:removeFile', { id: 'twice' })).view).toMatchObject({ conflicts: [] });
});

it('a Z of this very till that another computer has closed stops sending, and one of its own past does not', async () => {
  const store = await startPracticeStore();
  const from = temporaryFolder();
  const file = join(from, 'z.json');
  const till = await openTestTill(store, { world: { reportPicker: { pickMany: async () => [file] } } });
  const { tillId, epoch } = till.session.ledger.tillIdentity;
  const shop = { host: store.baseUrl, appId: store.appId };
  const reasons = () => till.session.hosts.link.state.pauses.map(({ reason }) => reason);
  const imports = async (change: Parameters<typeof zReportOf>[0]) => {
    writeFileSync(file, writeZFile(store.appKey, shop, zReportOf(change)));
    await must(till, 'reports:importFiles', {});
    return reasons();
  };
  expect(await imports({ id: 'no id' })).toEqual([]);
  expect(await imports({ id: 'mine', tillId, epoch })).toEqual([]);
  expect(await imports({ id: 'other', tillId: 'e'.repeat(16), epoch: 'f'.repeat(16) })).toEqual([]);
  expect(await imports({ id: 'copy', tillId, epoch: 'f'.repeat(16) })).toEqual(['till-copy']);
});

it('nobody sees anything of it without a manager', async () => {
  const program = openProgram();
  await program.till.start();
  await program.must('setup:openPractice', {});
  await program.must('manager:makePin', { pin: '730194', appKey: '' });
  await program.must('manager:lock', {});
  for (const asked of [{}, { pin: '111222' }]) {
    const refused = await program.call('reports:look', asked);
    expect(['manager-locked', 'manager-pin-wrong']).toContain(refused.ok ? '' : refused.error.code);
  }
  const seen = await program.must('reports:look', { pin: '730194' });
  expect(seen.view).toMatchObject({ isEmpty: true, reports: [] });
});

it('a look is called off by whoever leaves, and the next one is whole', async () => {
  let isEndless = true;
  let begin = (): void => undefined;
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const room = createReportsRoom({
    loadOwnerView: async (callOff) => {
      begin();
      if (isEndless)
        await new Promise((_, reject) => {
          callOff?.addEventListener('abort', () => reject(callOff.reason as Error));
        });
      return ownerLookOf(noOwner);
    },
    folder: {
      removed: () => [],
      all: async () => ({ zs: [], unread: 0 }),
      keep: async () => undefined,
      remove: async () => undefined,
    },
    ...{
      logger: silentLogger,
      picker: null,
      read: async () => null,
      ownDigests: () => [],
      picks: { all: async () => new Map(), pick: async () => undefined },
      journal: null,
      ...{ exports: { take: async () => ok({ saved: null }) }, sheetPdf: null },
      shop: { till: 'Counter 1', currency: 'SGD', storeTimeZone: 'Asia/Singapore', isPractice: false },
      accounts: () => ({}),
      timeouts: createTimeouts(createTestClock()),
      textOf: async () => '',
    },
    mutex: createMutex(),
    pause: async () => undefined,
  });
  const look = async () => room.managersHandlers?.['reports:look']?.({}, theManager);
  const leaving = look();
  await began;
  await room.handlers?.['reports:cancel']?.({}, theManager);
  expect(await leaving).toEqual({ ok: true, value: { view: null } });
  isEndless = false;
  expect(await look()).toMatchObject({ ok: true, value: { view: { isEmpty: true } } });
  // Nothing is under way any more.
  await room.handlers?.['reports:cancel']?.({}, theManager);
});
