import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limWei } from '../../../main/hosts/practice/members.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import type { BackupState } from '../../../main/safety/backups/backup-service.ts';
import { reportableProblem } from '../../../main/safety/backups/backups-room.ts';
import { diskState, FULL_BYTES, hasRoomFor, LOW_BYTES } from '../../../main/safety/backups/disk-space.ts';
import { PLACE_FOLDER } from '../../../main/safety/backups/second-place.ts';
import type { Integrity } from '../../../main/safety/integrity/integrity.ts';
import { checkHere } from '../../../main/safety/integrity/integrity.ts';
import { checkFile } from '../../../main/safety/integrity/integrity-repository.ts';
import { appError } from '../../../preload/contract/index.ts';
import type { Driven } from '../../kit/driven-till.ts';
import { HOUR_MS, openLosing, uid } from '../../kit/losing.ts';
import { temporaryFolder } from '../../kit/till.ts';

const key = Buffer.alloc(32, 9);
const passphrase = 'seven kopi peng at noon';

async function shop(
  disk = { freeBytes: (50 * LOW_BYTES) as number | null },
  integrity: Integrity = checkHere,
) {
  const picked: { folder: string | null } = { folder: null };
  const driven = await openLosing({}, null, {
    backups: {
      integrity,
      disk: { free: async () => disk.freeBytes },
      picker: { pick: async () => picked.folder },
    },
  });
  const {
    safety: { backups },
  } = driven.till.session;
  if (backups === null) throw new Error('no backups');
  const folder = join(driven.till.folder, 'backups');
  const names = () => readdirSync(folder).filter((name) => name.endsWith('.cfbackup'));
  return { driven, backups, folder, names, disk, picked };
}

/** What is under way ends without time passing. */
const settled = async (backups: { look(): Promise<BackupState> }, { settle }: Driven) => {
  await settle();
  return backups.look();
};

const room = ({ till }: Driven) => {
  const found = till.session.rooms.find(({ name }) => name === 'backups');
  if (found === undefined) throw new Error('no room');
  return found;
};

describe('backups by the hour', () => {
  it('begin two minutes after the till was opened, and come each hour', async () => {
    const { driven, backups, names } = await shop();
    await driven.pass(119_000);
    expect((await settled(backups, driven)).here.newestAtMs).toBeNull();
    await driven.pass(2_000);
    await settled(backups, driven);
    expect(names()).toHaveLength(1);
    await driven.pass(HOUR_MS - 300_000);
    await settled(backups, driven);
    expect(names()).toHaveLength(1);
    await driven.pass(600_000);
    await settled(backups, driven);
    expect(names()).toHaveLength(2);
  });

  it('come once a day where the till is on for less than an hour a day', async () => {
    const { driven: first, names } = await shop();
    const onMs = HOUR_MS / 3;
    let driven = first;
    for (const day of [1, 2, 3]) {
      await driven.pass(onMs);
      const {
        safety: { backups },
      } = driven.till.session;
      if (backups === null) throw new Error('no backups');
      await settled(backups, driven);
      expect(names()).toHaveLength(day);
      driven = await driven.restart();
      driven.clock.jump(24 * HOUR_MS - onMs, 0);
      driven.till.session.start();
    }
  });

  it('are each whole, with what was taken until then, while the till goes on', async () => {
    const { driven, backups } = await shop();
    await driven.till.session.members.lookUp.find(limWei.number);
    const making = backups.backupNow('hourly');
    driven.till.topUp(uid, '10.00');
    driven.till.topUp(limWei.customerUid, '20.00');
    const made = await making;
    if (!made.ok) throw new Error(made.error.code);
    expect(checkFile(made.value.file, key)).toMatchObject({
      ok: true,
      value: { chain: 'whole' },
    });
  });

  it('tell how far they have come while they are made, and nothing before and after', async () => {
    const seen: (number | null)[] = [];
    const { backups } = await shop(undefined, {
      ...checkHere,
      check: (file, withKey, tell) => {
        seen.push(backups.percent());
        tell?.({ done: 1, of: 2 });
        seen.push(backups.percent());
        return checkHere.check(file, withKey, tell);
      },
    });
    expect(backups.percent()).toBeNull();
    expect(await backups.backupNow('asked')).toMatchObject({ ok: true });
    expect(seen).toEqual([50, 75]);
    expect(backups.percent()).toBeNull();
  });

  it('come at once where the newest is of a time that is still to come', async () => {
    const { driven, backups, names } = await shop();
    await driven.pass(121_000);
    await settled(backups, driven);
    driven.clock.set(driven.clock.nowMs() - 30 * 24 * HOUR_MS);
    await driven.pass(301_000);
    await settled(backups, driven);
    expect(names()).toHaveLength(2);
    // And from then on by the hour again, whatever lies there of a time that is still to come.
    const before = names();
    await driven.pass(HOUR_MS / 2);
    await settled(backups, driven);
    expect(names()).toEqual(before);
  });
});

describe('room on the disk', () => {
  it('is told below a gigabyte, and stops backups below 200 MB', async () => {
    expect([LOW_BYTES, LOW_BYTES - 1, FULL_BYTES, FULL_BYTES - 1, null].map(diskState)).toEqual([
      ...['enough', 'low', 'low', 'full', 'enough'],
    ]);
    expect(hasRoomFor(10, FULL_BYTES + 10)).toBe(true);
    expect(hasRoomFor(10, FULL_BYTES + 9)).toBe(false);
    const { driven, backups, disk, names } = await shop();
    expect((await backups.backupNow('asked')).ok).toBe(true);
    disk.freeBytes = 900_000_000;
    await backups.look();
    expect(room(driven).shows?.disk?.()).toBe('low');
    disk.freeBytes = 150_000_000;
    driven.clock.pass(1_000);
    expect(await backups.backupNow('asked')).toMatchObject({ ok: false, error: { code: 'backup-no-room' } });
    expect(room(driven).shows?.disk?.()).toBe('full');
    expect(names()).toHaveLength(1);
    expect(backups.state().here.problem?.code).toBe('backup-no-room');
    disk.freeBytes = null;
    expect((await backups.backupNow('asked')).ok).toBe(true);
    expect(backups.state().here.problem).toBeNull();
  });
});

describe('a second place', () => {
  const choose = async (at: Awaited<ReturnType<typeof shop>>, folder: string | null) => {
    at.picked.folder = folder;
    return room(at.driven).managersHandlers?.['backups:choosePlace']?.({ passphrase }, theManager);
  };
  const bothPlaces = async ({ backups }: Awaited<ReturnType<typeof shop>>): Promise<boolean> => {
    const made = await backups.backupNow('hourly');
    await backups.copied();
    return made.ok;
  };
  const inPlace = (stick: string): string[] => {
    const till = join(stick, PLACE_FOLDER);
    return readdirSync(till).flatMap((name) => readdirSync(join(till, name)));
  };

  it('that a manager chooses takes a copy at once, and each one from then on', async () => {
    const at = await shop();
    const stick = temporaryFolder();
    expect(await choose(at, stick)).toEqual({ ok: true, value: { chosen: true } });
    expect(inPlace(stick).filter((name) => name.endsWith('.cfsealed'))).toHaveLength(1);
    at.driven.clock.pass(HOUR_MS);
    expect(await bothPlaces(at)).toBe(true);
    expect(inPlace(stick).filter((name) => name.endsWith('.cfsealed'))).toHaveLength(2);
    expect(at.backups.state().second).toMatchObject({
      ...{ folder: stick, count: 2, problem: null },
      // Beside the till's data, as a folder of its own disk is.
      isSameDisk: true,
    });
    const rows = at.driven.till.session.ledger.journal?.head().count ?? 0;
    await room(at.driven).managersHandlers?.['backups:forgetPlace']?.({}, theManager);
    expect(at.backups.state().second).toBeNull();
    expect(at.driven.till.session.ledger.journal?.head().count).toBe(rows + 1);
  });

  it('is not taken where nothing was chosen, or what was chosen takes nothing', async () => {
    const at = await shop();
    expect(await choose(at, null)).toEqual({ ok: true, value: { chosen: false } });
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(await choose(at, file)).toMatchObject({ ok: false, error: { code: 'backup-place-gone' } });
    expect(at.backups.state().second).toBeNull();
  });

  it('that was pulled out is told, never taken for an empty folder of its name, and goes on when it is back', async () => {
    const at = await shop();
    const stick = temporaryFolder();
    await choose(at, stick);
    rmSync(join(stick, PLACE_FOLDER), { recursive: true });
    at.driven.clock.pass(1_000);
    expect(await bothPlaces(at)).toBe(true);
    expect(at.backups.state().second?.problem?.code).toBe('backup-place-gone');
    expect(readdirSync(stick)).toEqual([]);
    expect(at.backups.state().here.problem).toBeNull();
    expect(await choose(at, stick)).toMatchObject({ ok: true });
    expect(at.backups.state().second?.problem).toBeNull();
  });

  it('that was pulled out and put back goes on by itself within minutes, with what it has missed', async () => {
    const at = await shop();
    const stick = temporaryFolder();
    await choose(at, stick);
    const sealed = () => inPlace(stick).filter((name) => name.endsWith('.cfsealed'));
    renameSync(join(stick, PLACE_FOLDER), join(stick, 'away'));
    await at.driven.pass(2 * HOUR_MS);
    await settled(at.backups, at.driven);
    expect(at.backups.state().second?.problem?.code).toBe('backup-place-gone');
    expect(at.names().length).toBeGreaterThan(1);
    renameSync(join(stick, 'away'), join(stick, PLACE_FOLDER));
    expect(sealed()).toHaveLength(1);
    // Where the disk is slow the next hour's has come meanwhile, and follows.
    const isCaughtUp = ({ here, second }: BackupState) =>
      second?.problem === null && second.newestAtMs === here.newestAtMs;
    await at.driven.drive(() => isCaughtUp(at.backups.state()));
    expect(sealed().length).toBeGreaterThan(1);
  });

  it('is told unasked once it has been away for a week', () => {
    const nowMs = 100 * 24 * HOUR_MS;
    const problem = appError('backup-place-gone');
    const place = (ageDays: number, isGone: boolean) => ({
      ...{ folder: '', count: 1, problem: isGone ? problem : null },
      newestAtMs: nowMs - ageDays * 24 * HOUR_MS,
    });
    const state = (here: BackupState['here'], away: BackupState['here'] | null): BackupState => ({
      ...{ here, second: away && { ...away, isSameDisk: false }, disk: 'enough', freeBytes: null },
    });
    expect(reportableProblem(state(place(0, false), place(6, true)), nowMs)).toBeNull();
    expect(reportableProblem(state(place(0, false), place(7, true)), nowMs)).toEqual(problem);
    expect(reportableProblem(state(place(0.9, true), null), nowMs)).toBeNull();
    expect(reportableProblem(state(place(1, true), null), nowMs)).toEqual(problem);
    expect(reportableProblem(state({ ...place(0, true), newestAtMs: null }, null), nowMs)).toEqual(problem);
  });

  it('is tidied as the other is, and a full stick fails alone', async () => {
    const at = await shop();
    const stick = temporaryFolder();
    await choose(at, stick);
    const [till = ''] = readdirSync(join(stick, PLACE_FOLDER));
    const [name = ''] = at.names();
    const old = (hour: number) => `counterfoil-20240101-${String(hour).padStart(2, '0')}0000-hourly.cfsealed`;
    for (let hour = 0; hour < 24; hour += 1) writeFileSync(join(stick, PLACE_FOLDER, till, old(hour)), 'x');
    // In the place of the next one: nothing can be renamed onto a folder that is not empty.
    at.driven.clock.pass(1_000);
    expect(await bothPlaces(at)).toBe(true);
    expect(inPlace(stick)).not.toContain(old(0));
    expect(inPlace(stick)).toContain(old(23));
    at.driven.clock.pass(1_000);
    const next = new Date(at.driven.clock.nowMs()).toISOString().slice(11, 19).replaceAll(':', '');
    const blocked = name.replace(/-\d{6}-\w+\.\w+/, `-${next}-hourly.cfsealed`);
    mkdirSync(join(stick, PLACE_FOLDER, till, blocked, 'full'), { recursive: true });
    expect(await bothPlaces(at)).toBe(true);
    expect(at.backups.state().second?.problem).not.toBeNull();
    expect(at.backups.state().here.problem).toBeNull();
  });
});
