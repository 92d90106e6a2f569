import { spawnSync } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { createTimeouts } from '../../../main/kernel/timeouts.ts';
import { PLACE_FOLDER } from '../../../main/safety/backups/second-place.ts';
import { secondPlaceSeen } from '../../../main/safety/backups/second-place-seen.ts';
import { OPEN_ENTRIES_FILE, readOpenEntries } from '../../../main/safety/open-entries/open-entries.ts';
import { createTestClock } from '../../kit/clock.ts';
import { openLosing, uid } from '../../kit/losing.ts';
import { describeOnPosix } from '../../kit/posix.ts';
import { temporaryFolder } from '../../kit/till.ts';

const passphrase = 'seven kopi peng at noon';
const MARK = 'counterfoil-backups.json';

const nextTick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A file that hangs whoever opens it, as one on a share does whose other end is gone; `back` lets them go. */
function hang(file: string) {
  renameSync(file, `${file}.kept`);
  if (spawnSync('mkfifo', [file]).status !== 0) throw new Error('no mkfifo');
  let isBack = false;
  const back = () => {
    if (isBack) return;
    isBack = true;
    try {
      closeSync(openSync(file, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {
      // Nobody hangs there.
    }
    rmSync(file);
    renameSync(`${file}.kept`, file);
  };
  onTestFinished(back);
  return back;
}

/** A till whose second place is chosen and has a copy, and the time by which places are waited for. */
async function shop() {
  const [stick, hands] = [temporaryFolder(), createTestClock()];
  const timeouts = createTimeouts(hands);
  const driven = await openLosing({}, null, { backups: { timeouts } });
  const {
    safety: { backups, openEntries },
  } = driven.till.session;
  if (backups === null || openEntries === null) throw new Error('no backups');
  expect((await backups.choosePlace({ folder: stick, passphrase }, theManager)).ok).toBe(true);
  await backups.backupNow('asked');
  await Promise.all([backups.copied(), openEntries.catchUp()]);
  const [till = ''] = readdirSync(join(stick, PLACE_FOLDER));
  const place = join(stick, PLACE_FOLDER, till);
  /** Waits until so many are waited for, and then for longer than anybody does. */
  const outwait = async (calls: number) => {
    while (hands.waiting().length < calls) await nextTick();
    hands.advance(3_600_000);
  };
  const here = () =>
    readdirSync(join(driven.till.folder, 'backups')).filter((name) => name.endsWith('.cfbackup'));
  return { driven, backups, openEntries, timeouts, place, here, outwait };
}

describeOnPosix('a second place that does not answer', () => {
  it('holds no backup here, neither by the hour nor before an update, is told, and goes on when it is back', async () => {
    const { driven, backups, timeouts, place, here, outwait } = await shop();
    const back = hang(join(place, MARK));
    for (const reason of ['hourly', 'update'] as const) {
      driven.clock.pass(3_600_000);
      expect((await backups.backupNow(reason)).ok).toBe(true);
    }
    expect(here()).toHaveLength(3);
    await outwait(1);
    await backups.copied();
    expect(backups.state()).toMatchObject({
      here: { problem: null, count: 3 },
      second: { count: 1, problem: { code: 'backup-place-hangs' } },
    });
    const { settings } = driven.till.session.kernel;
    expect(secondPlaceSeen(settings)).toMatchObject({ problem: 'backup-place-hangs' });
    // Nothing more hangs there, whatever is made meanwhile, and nobody waits.
    for (let more = 0; more < 10; more += 1) {
      driven.clock.pass(1_000);
      expect((await backups.backupNow('asked')).ok).toBe(true);
      await backups.copied();
      expect((await backups.look()).second?.problem?.code).toBe('backup-place-hangs');
    }
    back();
    while (timeouts.isBusy()) await nextTick();
    await driven.drive(() => backups.state().second?.problem === null);
    // The clock is driven while files are copied: on a busy machine another hour's backup may be on its way by then, and one
    // that is asked for comes after it.
    expect((await backups.backupNow('asked')).ok).toBe(true);
    await backups.copied();
    expect(backups.state().second?.newestAtMs).toBe(backups.state().here.newestAtMs);
    const { newestAtMs } = backups.state().here;
    expect(secondPlaceSeen(settings)).toEqual({ newestAtMs, problem: null });
    expect((await backups.choosePlace(null, theManager)).ok).toBe(true);
    expect(secondPlaceSeen(settings)).toBeNull();
  });

  it('keeps the open entries from nothing but itself: entries are made, and all are listed when it is back', async () => {
    const { driven, backups, openEntries, timeouts, place, outwait } = await shop();
    const back = hang(join(place, MARK));
    driven.till.topUp(uid, '5.00');
    const late = openEntries.catchUp();
    await outwait(1);
    await late;
    expect(openEntries.problem()?.code).toBe('backup-place-hangs');
    for (let more = 0; more < 10; more += 1) {
      driven.till.topUp(uid, `${more + 10}.00`);
      await openEntries.catchUp();
    }
    expect((await backups.backupNow('asked')).ok).toBe(true);
    back();
    while (timeouts.isBusy()) await nextTick();
    await driven.drive(() => openEntries.problem() === null);
    const listed = await readOpenEntries(join(place, OPEN_ENTRIES_FILE), passphrase);
    expect(listed.ok && listed.value.length).toBe(driven.till.session.ledger.outbox.open().length);
  });

  it('keeps no till from being closed', async () => {
    const { driven, backups, openEntries, place, outwait } = await shop();
    hang(join(place, MARK));
    await backups.backupNow('asked');
    const late = openEntries.catchUp();
    await outwait(2);
    await late;
    await driven.till.close();
    expect(existsSync(join(driven.till.folder, 'live', 'counterfoil.db-wal'))).toBe(false);
  });
});
