import { expect, it } from 'vitest';
import { meiLing } from '../../main/hosts/practice/members.ts';
import type { AttachedTill } from '../../main/updates/update-state.ts';
import type { Updates } from '../../main/updates/updates.ts';
import type { PageUse, UpdateStatus } from '../../preload/contract/index.ts';
import { openLiveProgram, LIVE_PIN as PIN } from '../kit/live-program.ts';

const ready: UpdateStatus = {
  ...{ state: 'ready', program: '1.0.0', version: '1.1.0', megabytes: 1, percent: 100, problem: null },
  whyNot: ['outside-hours'],
};

/** Notes what it is told and asked for. */
function fakeUpdates() {
  const done: string[] = [];
  const uses: PageUse[] = [];
  const tills: AttachedTill[] = [];
  const updates: Updates = {
    status: () => ready,
    page: (use) => void uses.push(use),
    attach: (till) => {
      tills.push(till);
      return () => void done.push('detached');
    },
    check: async () => void done.push('checked'),
    download: async () => {
      done.push('downloading');
      return { ok: true, value: {} };
    },
    installNow: async () => {
      done.push('installed');
      return { ok: true, value: {} };
    },
    installAtStart: async () => false,
    start: () => undefined,
    stop: () => undefined,
  };
  return { updates, done, uses, tills };
}

async function openShop() {
  const fake = fakeUpdates();
  const program = await openLiveProgram({ updates: fake.updates });
  const [till] = fake.tills;
  if (till === undefined) throw new Error('no till is attached');
  return { ...fake, program, till };
}

it('shows how far it is, and lets anybody ask but only a manager have it or put it in place', async () => {
  const { program, done, uses } = await openShop();
  expect(program.till.snapshot().update).toEqual(ready);
  await program.must('updates:check', {});
  await program.must('updates:inUse', { use: 'form' });
  expect(uses).toEqual(['form']);
  expect(await program.call('updates:installNow', {})).toMatchObject({ error: { code: 'manager-locked' } });
  expect(await program.call('updates:download', {})).toMatchObject({ error: { code: 'manager-locked' } });
  await program.must('updates:download', { pin: PIN });
  await program.must('updates:installNow', { pin: PIN });
  expect(done).toEqual(['checked', 'downloading', 'installed']);
});

it('says what the till is about, as long as it is open', async () => {
  const { program, till, done } = await openShop();
  expect(till.now()).toEqual({ sending: 0, checkUpOpen: false, countOpen: false });
  expect(till.quiet()).toEqual({ fromMinute: 120, toMinute: 300 });
  expect(till.bytesPerSecond()).toBe(262_144);
  const { policy } = await program.must('policy:get', {});
  const hours = { updateFromMinute: 0, updateToMinute: 1_440 };
  const changed = { ...policy, ...hours, updateKilobytesPerSecond: 16, updateOnPress: true };
  await program.must('policy:save', { policy: changed, pin: PIN });
  expect(till.quiet()).toEqual({ fromMinute: 0, toMinute: 1_440 });
  expect(till.bytesPerSecond()).toBe(16_384);
  expect(till.onPress()).toBe(true);
  await program.till.stop(0);
  expect(done).toEqual(['detached']);
});

it('says that the check-up is open from its first question to the last credit that is taken back', async () => {
  const { program, till } = await openShop();
  await program.must('checkUp:start', { memberNumber: meiLing.number, pin: PIN });
  expect(till.now().checkUpOpen).toBe(true);
  await program.must('checkUp:stop', { pin: PIN });
  await program.until(({ checkUp }) => checkUp?.state === 'stopped' && checkUp.reversed);
  expect(till.now().checkUpOpen).toBe(false);
});

it('a program without any says so', async () => {
  const program = await openLiveProgram();
  expect(program.till.snapshot().update.state).toBe('off');
  for (const channel of ['updates:check', 'updates:download', 'updates:installNow'] as const) {
    expect(await program.call(channel, channel === 'updates:check' ? {} : { pin: PIN })).toMatchObject({
      error: { code: 'update-off' },
    });
  }
});
