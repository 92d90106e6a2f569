import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isTillFile, verifyCommand } from '../../main/app/commands.ts';
import { hostProtocol } from '../../main/app/host-protocol.ts';
import { isLiveConfigured } from '../../main/app/live-account.ts';
import { statusCommand } from '../../main/app/status/status-command.ts';
import { unsentCommand } from '../../main/app/unsent.ts';
import { noItPolicy } from '../../main/counter/it-policy.ts';
import { limWei, meiLing } from '../../main/hosts/practice/members.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { handlerIn } from '../../main/kernel/room.ts';
import { amount, appError, type StatusReport, statusReportSchema } from '../../preload/contract/index.ts';
import { countOf, openShiftTill } from '../day/shifts/support.ts';
import { atTheTill } from '../kit/actors.ts';
import { itOnPosix } from '../kit/posix.ts';
import { realClock, realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, temporaryFolder } from '../kit/till.ts';

async function status(folder: string, change: object = {}): Promise<StatusReport> {
  const report = await statusCommand({
    folder,
    clock: realClock,
    version: '1.2.3',
    itPolicy: async () => noItPolicy,
    problem: null,
    ...change,
  });
  // As printed, held against the contract.
  return statusReportSchema.parse(JSON.parse(JSON.stringify(report)));
}

async function openShop() {
  const store = await startPracticeStore();
  const till = await openTestTill(store, { backups: {} });
  onTestFinished(() => till.close());
  for (const room of till.session.rooms) room.start?.();
  for (const { number } of [meiLing, limWei])
    await handlerIn(till.session.rooms, 'members:find')?.({ query: number }, atTheTill);
  return { store, till };
}

it('tells of an open till beside it, as a till’s own screen does', async () => {
  const { store, till } = await openShop();
  const { reference } = till.topUp(meiLing.customerUid, '50.00');
  await till.untilState(reference, 'confirmed');
  await store.setPlug(false);
  till.topUp(limWei.customerUid, '20.00');
  const report = await status(till.folder);
  const { used, limit, left } = till.session.hosts.callBudget.shown();
  const { tillId, epoch } = till.session.ledger.tillIdentity;
  expect(report).toMatchObject({
    format: 'counterfoil status 1',
    version: '1.2.3',
    till: { name: 'Counter 1', number: 1, count: 1, tillId, epoch },
    entries: { needsReview: 0, refusedUnseen: 0, oldestUnsentAtMs: expect.any(Number) },
    lastZ: null,
    secondPlace: null,
    calls: { used, limit, left },
    clockSkewMs: 0,
    pauses: [],
    policyFile: { settings: [], problem: null },
  });
  if (report.result === 'unreadable') throw new Error(report.error.code);
  expect(report.entries.waiting + report.entries.checking).toBe(1);
});

it('has no sum, no member and no secret in it', async () => {
  const { store, till } = await openShop();
  await store.setPlug(false);
  till.topUp(meiLing.customerUid, '51.73');
  const text = JSON.stringify(await status(till.folder));
  for (const hidden of [
    '51.73',
    meiLing.customerUid,
    meiLing.number,
    meiLing.name,
    store.appKey,
    store.appId,
  ])
    expect(text).not.toContain(hidden);
});

it('is a look where no till was set up, makes no file, and names what IT’s file says', async () => {
  const folder = temporaryFolder();
  const problem = appError('it-policy-invalid', { field: 'keypadd' });
  expect(await status(folder, { itPolicy: async () => ({ settings: {}, problem }) })).toMatchObject({
    result: 'look',
    reasons: ['not-set-up', 'policy-not-used'],
    till: null,
    policyFile: { problem },
  });
  expect(existsSync(liveFolder(folder))).toBe(false);
});

it('does not take what is gone or cannot be read for a till that is well', async () => {
  const folder = temporaryFolder();
  mkdirSync(liveFolder(folder));
  writeFileSync(databaseFile(liveFolder(folder)), 'no database '.repeat(500));
  expect(await status(folder)).toMatchObject({
    result: 'unreadable',
    error: { code: 'database-corrupt' },
  });
  expect(await status(join(folder, 'none'), { problem: appError('data-missing') })).toMatchObject({
    result: 'unreadable',
    error: { code: 'data-missing' },
  });
});

itOnPosix('does not take what cannot even be looked at for a till that was never set up', async () => {
  const folder = temporaryFolder();
  const file = databaseFile(liveFolder(folder));
  mkdirSync(liveFolder(folder));
  // As without the right to the folder, which an administrator always has.
  symlinkSync(file, file);
  expect(await status(folder)).toMatchObject({ result: 'unreadable', error: { code: 'database-read-only' } });
  expect(unsentCommand(file, false)).toMatchObject({ ok: false, error: { code: 'database-read-only' } });
  expect(isTillFile(file)).toBe(true);
  expect(isLiveConfigured(folder)).toBe(true);
  const parts = { file, clock: realClock, random: realRandom, protocol: hostProtocol };
  expect(verifyCommand(parts, null).ok).toBe(false);
});

it('ends where something does not answer', async () => {
  const clock = { ...realClock, schedule: (_: number, act: () => void) => realClock.schedule(1, act) };
  const never = () => new Promise<never>(() => undefined);
  expect(await status(temporaryFolder(), { clock, itPolicy: never })).toMatchObject({
    result: 'unreadable',
    error: { code: 'status-too-slow' },
  });
});

it('says of a clock that is wrong what KYBIO’s last answer said, and of a right one nothing is written', async () => {
  const { till } = await openShop();
  const { settings } = till.session.kernel;
  const hear = (skewMs: number) => {
    const nowMs = Date.now();
    const response = { dateMs: nowMs + skewMs - 500 };
    till.session.hosts.link.hear({ startedAtMs: nowMs, endedAtMs: nowMs, response } as never);
  };
  hear(14_000);
  expect(settings.get('link.skew')).toBeNull();
  hear(-412_000);
  expect(await status(till.folder)).toMatchObject({
    clockSkewMs: -420_000,
    reasons: expect.arrayContaining(['clock-off']),
  });
  hear(1_000);
  expect(await status(till.folder)).toMatchObject({ clockSkewMs: 0 });
});

it('says of the last Z that something was missing, and not how much', async () => {
  const shop = await openShiftTill();
  const lastZ = async () => {
    const report = await status(shop.driven.till.folder);
    return report.result === 'unreadable' ? report.error : report.lastZ;
  };
  for (const [number, cash] of [
    [1, '100'],
    [2, '99.5'],
  ] as const) {
    await shop.must('shifts:open', { float: amount('100'), drawer: 'own' });
    await shop.must('shifts:beginCount', {});
    await shop.must('shifts:commitCount', { count: countOf(cash) });
    await shop.must('shifts:close', { reason: null });
    expect(await lastZ()).toEqual({ number, closedAtMs: expect.any(Number), hasVariance: cash !== '100' });
  }
});
