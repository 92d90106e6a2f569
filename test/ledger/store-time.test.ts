import { describe, expect, it } from 'vitest';
import { isTimeZone, storeDay, storeTime } from '../../main/kernel/store-time.ts';

const at = (iso: string) => Date.parse(iso);

describe('the time of the store', () => {
  it.each([
    ['2026-01-15T05:26:23Z', 'Asia/Singapore', '2026-01-15 13:26:23'],
    ['2026-01-14T16:00:00Z', 'Asia/Singapore', '2026-01-15 00:00:00'],
    ['2026-01-14T15:59:59.999Z', 'Asia/Singapore', '2026-01-14 23:59:59'],
    ['2026-06-30T23:00:00Z', 'Europe/London', '2026-07-01 00:00:00'],
    ['2026-12-31T00:00:00Z', 'Europe/London', '2026-12-31 00:00:00'],
    ['2027-01-01T05:00:00Z', 'America/New_York', '2027-01-01 00:00:00'],
    ['2028-02-29T12:00:00Z', 'UTC', '2028-02-29 12:00:00'],
    ['2026-01-15T00:00:00Z', 'Asia/Kathmandu', '2026-01-15 05:45:00'],
  ])('%s in %s is %s', (iso, zone, expected) => {
    expect(storeTime(at(iso), zone)).toBe(expected);
    expect(storeDay(at(iso), zone)).toBe(expected.slice(0, 10));
  });

  it.each([
    ['Europe/London', '2026-03-29T00:59:59Z', '2026-03-29 00:59:59', '2026-03-29 02:00:00'],
    ['America/New_York', '2026-03-08T06:59:59Z', '2026-03-08 01:59:59', '2026-03-08 03:00:00'],
    ['Europe/London', '2026-10-25T00:59:59Z', '2026-10-25 01:59:59', '2026-10-25 01:00:00'],
    ['America/New_York', '2026-11-01T05:59:59Z', '2026-11-01 01:59:59', '2026-11-01 01:00:00'],
  ])('%s changes its clocks at %s', (zone, iso, before, after) => {
    expect(storeTime(at(iso), zone)).toBe(before);
    expect(storeTime(at(iso) + 1_000, zone)).toBe(after);
  });

  it('knows a time zone from a word', () => {
    expect(isTimeZone('Asia/Singapore')).toBe(true);
    expect(isTimeZone('Asia/Atlantis')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });
});
