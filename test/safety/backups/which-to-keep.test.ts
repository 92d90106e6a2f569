import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupName, backupReasons, readBackupName } from '../../../main/safety/backups/backup-name.ts';
import { whichToKeep, whichToRemove } from '../../../main/safety/backups/which-to-keep.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const now = Date.parse('2026-11-26T10:47:00Z');

const at = (atMs: number, reason: (typeof backupReasons)[number] = 'hourly') => {
  const whole = Math.floor(atMs / 1_000) * 1_000;
  return { name: backupName(whole, reason), atMs: whole, reason, isSealed: false };
};
const keptOf = (backups: readonly ReturnType<typeof at>[]) =>
  backups.filter(({ name }) => whichToKeep(backups, now).has(name));

describe('the name of a backup', () => {
  it('tells when and why, and sorts by time', () => {
    expect(backupName(now, 'update')).toBe('counterfoil-20261126-104700-update.cfbackup');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_102_444_800 }),
        fc.constantFrom(...backupReasons),
        (s, reason) => {
          expect(readBackupName(backupName(s * 1_000, reason))).toMatchObject({ atMs: s * 1_000, reason });
        },
      ),
    );
  });

  it('tells of one that is sealed', () => {
    expect(readBackupName(backupName(now, 'hourly', true))).toMatchObject({ isSealed: true });
    expect(readBackupName(backupName(now, 'hourly'))).toMatchObject({ isSealed: false });
  });

  it.each([
    'counterfoil-20261126-104700-hourly.cfbackup.part',
    'counterfoil-20261126-104700-other.cfbackup',
    'x-counterfoil-20261126-104700-hourly.cfbackup',
    'counterfoil-20269926-104700-hourly.cfbackup',
    'vault.json',
  ])('%s is none', (name) => expect(readBackupName(name)).toBeNull());
});

describe('which backups stay', () => {
  it('one an hour for a day and one a day for 14 days, of a till that is always open', () => {
    const hourly = Array.from({ length: 60 * 24 }, (_, hours) => at(now - hours * HOUR_MS));
    const kept = keptOf(hourly);
    const ages = kept.map(({ atMs }) => now - atMs);
    expect(ages.filter((age) => age < DAY_MS)).toHaveLength(24);
    expect(kept).toHaveLength(24 + 12);
    expect(Math.max(...ages)).toBeLessThan(14 * DAY_MS);
  });

  it('the newest of an hour, and the newest of a day', () => {
    const [early, late] = [at(now - 3 * DAY_MS - HOUR_MS), at(now - 3 * DAY_MS)];
    const [first, second] = [at(now - 40 * 60_000), at(now - 20 * 60_000)];
    const hours = Array.from({ length: 24 }, (_, hour) => at(now - DAY_MS - hour * HOUR_MS));
    const kept = keptOf([early, late, first, second, ...hours]);
    expect(kept).toEqual(expect.arrayContaining([late, second]));
    expect(kept).not.toContain(early);
    expect(kept).not.toContain(first);
  });

  it('the last good ones, however old', () => {
    const old = Array.from({ length: 40 }, (_, days) => at(now - (400 + days) * DAY_MS));
    const kept = keptOf([...old, at(now)]);
    expect(kept).toHaveLength(24);
    expect(kept).toContain(old[0]);
  });

  it('those from before the last three updates, whatever was made since on that day', () => {
    const updates = [4, 3, 2, 1].map((minutes) => at(now - 2 * DAY_MS - minutes * 60_000, 'update'));
    const later = at(now - 2 * DAY_MS);
    const days = Array.from({ length: 40 }, (_, day) => at(now - day * HOUR_MS));
    const kept = keptOf([...updates, later, ...days]);
    expect(kept).toEqual(expect.arrayContaining(updates.slice(1)));
    expect(kept).not.toContain(updates[0]);
  });

  it('of a clock that ran ahead as many as of one that is right, and they take the place of none', () => {
    const ahead = Array.from({ length: 60 * 24 }, (_, hours) => at(now + 365 * DAY_MS + hours * HOUR_MS));
    const past = at(now - HOUR_MS);
    const kept = keptOf([...ahead, past]);
    expect(kept).toContain(past);
    expect(kept.length).toBeLessThanOrEqual(1 + 24 + 14);
  });

  it.each([
    ['ahead', 365],
    ['back', -365],
    ['ahead by a month', 30],
    ['back by a week', -7],
  ])('whatever a clock says that was set %s for an hour: the last good ones stay', (_, days) => {
    const good = Array.from({ length: 14 * 24 }, (__, hours) => at(now - hours * HOUR_MS)).filter(
      ({ name }, ___, all) => whichToKeep(all, now).has(name),
    );
    const wrongMs = now + days * DAY_MS;
    const wrong = at(wrongMs);
    const then = whichToKeep([...good, wrong], wrongMs);
    const left = [...good, wrong].filter(({ name }) => then.has(name));
    const rightAgain = at(now + HOUR_MS);
    const kept = whichToKeep([...left, rightAgain], now + HOUR_MS);
    expect(kept.has(rightAgain.name)).toBe(true);
    expect(good.filter(({ name }) => kept.has(name)).length).toBeGreaterThanOrEqual(30);
  });

  it('are never more than these, and what goes goes oldest first', () => {
    const times = fc.array(fc.integer({ min: -30 * 24 * 60, max: 30 * 24 * 60 }), { maxLength: 300 });
    fc.assert(
      fc.property(times, (minutes) => {
        const backups = [...new Set(minutes)].map((minute) => at(now + minute * 60_000));
        const kept = whichToKeep(backups, now);
        const removed = whichToRemove(backups, now);
        expect(kept.size + removed.length).toBe(backups.length);
        expect(kept.size).toBeLessThanOrEqual(2 * (24 + 14 + 3));
        expect(removed.map(({ atMs }) => atMs)).toEqual(
          removed.map(({ atMs }) => atMs).sort((a, b) => a - b),
        );
        const past = backups.filter(({ atMs }) => atMs <= now).map(({ atMs }) => atMs);
        if (past.length > 0) expect(kept.has(at(Math.max(...past)).name)).toBe(true);
        // What is kept is kept again by who looks a second time.
        const again = backups.filter(({ name }) => kept.has(name));
        expect(whichToRemove(again, now)).toEqual([]);
      }),
    );
  });
});
