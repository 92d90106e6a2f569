import { describe, expect, it } from 'vitest';
import {
  CONFIRMED_FOR_MS,
  isQuiet,
  type Occasion,
  type TillNow,
  whyNotNow,
} from '../../main/updates/may-install.ts';

const nowMs = Date.parse('2026-01-15T18:30:00Z');
const free: TillNow = { sending: 0, checkUpOpen: false, countOpen: false, page: 'free' };
const night: Occasion = {
  ...{ kind: 'by-itself', nowMs, confirmedAtMs: nowMs - 3_600_000, minute: 150 },
  ...{ quiet: { fromMinute: 120, toMinute: 300 }, isEnding: false, asksForAdministrator: false },
  triedInVain: 0,
};
const on = (kind: Occasion['kind'], change: Partial<Occasion> = {}): Occasion => ({
  ...night,
  kind,
  ...change,
});

describe('whether a version that is ready may be put in place', () => {
  it('may: at night by itself, at a start, when a manager presses', () => {
    expect(whyNotNow(night, free)).toEqual([]);
    expect(whyNotNow(on('start', { minute: 600 }), null)).toEqual([]);
    expect(whyNotNow(on('manager', { minute: 600 }), free)).toEqual([]);
  });

  it.each(['start', 'by-itself', 'manager'] as const)('never, on %s, in the middle of something', (kind) => {
    expect(whyNotNow(on(kind), { ...free, sending: 1 })).toEqual(['sending']);
    expect(whyNotNow(on(kind), { ...free, checkUpOpen: true })).toEqual(['check-up']);
    expect(whyNotNow(on(kind), { ...free, countOpen: true })).toEqual(['count']);
    expect(whyNotNow(on(kind), { ...free, page: 'form' })).toEqual(['form']);
    expect(whyNotNow(on(kind), { ...free, page: 'review' })).toEqual(['review']);
    // On quit, and when the system is shut down.
    expect(whyNotNow(on(kind, { isEnding: true }), free)).toEqual(['ending']);
  });

  it('says all that holds it', () => {
    const busy: TillNow = { sending: 2, checkUpOpen: true, countOpen: true, page: 'review' };
    expect(
      whyNotNow(on('by-itself', { minute: 900, asksForAdministrator: true, triedInVain: 2 }), busy),
    ).toEqual([
      ...['sending', 'check-up', 'review', 'count', 'administrator', 'failed-before', 'outside-hours'],
    ]);
  });

  it('only a manager’s press does it while somebody is at the till, by day, or with a password', () => {
    expect(whyNotNow(night, { ...free, page: 'in-use' })).toEqual(['in-use']);
    expect(whyNotNow(on('by-itself', { minute: 301 }), free)).toEqual(['outside-hours']);
    expect(whyNotNow(on('start', { asksForAdministrator: true }), null)).toEqual(['administrator']);
    expect(whyNotNow(on('start', { triedInVain: 2 }), null)).toEqual(['failed-before']);
    const press = on('manager', {
      minute: 900,
      asksForAdministrator: true,
      triedInVain: 5,
      confirmedAtMs: 0,
    });
    expect(whyNotNow(press, { ...free, page: 'in-use' })).toEqual([]);
  });

  it('a till that was away for sixty days sells first', () => {
    expect(whyNotNow(on('start', { confirmedAtMs: nowMs - 60 * 86_400_000 }), null)).toEqual([
      'not-confirmed',
    ]);
    expect(whyNotNow(on('start', { confirmedAtMs: nowMs - CONFIRMED_FOR_MS }), null)).toEqual([]);
    // A clock that was set back makes the feed's word one of the future.
    expect(whyNotNow(on('start', { confirmedAtMs: nowMs + 1 }), null)).toEqual(['not-confirmed']);
  });

  it.each([
    [{ fromMinute: 120, toMinute: 300 }, [120, 299], [119, 300, 0]],
    [{ fromMinute: 1_380, toMinute: 60 }, [1_380, 1_439, 0, 59], [60, 700, 1_379]],
    [{ fromMinute: 0, toMinute: 1_440 }, [0, 1_439], []],
    [{ fromMinute: 300, toMinute: 300 }, [], [300, 0, 1_439]],
  ])('quiet hours %j', (quiet, inside, outside) => {
    for (const minute of inside) expect(isQuiet(quiet, minute)).toBe(true);
    for (const minute of outside) expect(isQuiet(quiet, minute)).toBe(false);
  });
});
