import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { theManager } from '../../main/journal/actor.ts';
import { createPatience } from '../../main/patience.ts';
import { createReportsRoom } from '../../main/reports/reports-room.ts';
import { writeZFile } from '../../main/shifts/z-file.ts';
import type { ChannelArgs, ChannelName, ChannelReply } from '../../preload/contract/index.ts';
import { createTestClock } from '../kit/clock.ts';
import { noOwner, ownerViewOf } from '../kit/fake-owner.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openProgram } from '../kit/program.ts';
import { openTestTill, silentLogger, type TestTill, temporaryFolder } from '../kit/till.ts';
import { zReportOf } from '../kit/z-reports.ts';

/** As a manager asks, whose PIN was checked before. */
async function must<N extends ChannelName>(
  { session }: TestTill,
  name: N,
  args: ChannelArgs<N>,
): Promise<ChannelReply<N>> {
  const handler = session.rooms.map(({ managersHandlers }) => managersHandlers?.[name]).find((one) => one);
  const answer = await handler?.(args as never, theManager);
  if (answer?.ok !== true) throw new Error(`${name}: ${answer?.error.code}`);
  return answer.value;
}

it('takes files of other tills in, adds them up, keeps them over a start, and takes them out', async () => {
  const store = await startPracticeStore();
  const picked: string[] = [];
  const world = { reportPicker: { pickMany: async () => picked } };
  const till = await openTestTill(store, { world });
  const today = till.session.today();
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

  // Under another App key nothing that is kept can be proven: it is told, and not counted.
  const other = await openTestTill(store, { world, folder: till.folder, appKey: 'ANOTHER-KEY' });
  expect((await must(other, 'reports:look', {})).view).toMatchObject({ unread: 1, reports: [] });
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

it('a look tells how far it is and is called off by whoever leaves, and the next one is whole', async () => {
  const told: (number | null)[] = [];
  let isEndless = true;
  let begin = (): void => undefined;
  const began = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const room = createReportsRoom({
    look: async (tell, callOff) => {
      tell?.({ done: 1, of: 3 });
      begin();
      if (isEndless)
        await new Promise((_, reject) => {
          callOff?.addEventListener('abort', () => reject(callOff.reason as Error));
        });
      return ownerViewOf(noOwner);
    },
    changed: () => void told.push(room.shows?.ownerPercent?.() ?? null),
    folder: {
      all: async () => ({ zs: [], unread: 0 }),
      keep: async () => undefined,
      remove: async () => undefined,
    },
    ...{
      logger: silentLogger,
      picker: null,
      read: () => null,
      isOwn: () => false,
      isCountedBlind: () => false,
      patience: createPatience(createTestClock()),
      textOf: async () => '',
    },
    pause: async () => undefined,
  });
  const look = async () => room.managersHandlers?.['reports:look']?.({}, theManager);
  const leaving = look();
  await began;
  await room.handlers?.['reports:cancel']?.({}, theManager);
  expect(await leaving).toEqual({ ok: true, value: { view: null } });
  isEndless = false;
  expect(await look()).toMatchObject({ ok: true, value: { view: { isEmpty: true } } });
  expect(told).toEqual([33, null, 33, null]);
  // Nothing is under way any more.
  await room.handlers?.['reports:cancel']?.({}, theManager);
});
