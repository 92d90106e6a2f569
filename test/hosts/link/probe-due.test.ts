import { describe, expect, it } from 'vitest';
import { type AskingAgain, isProbeDue } from '../../../main/sending/probe-due.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Whole hours since then are hours of the clock. */
const startMs = Date.UTC(2026, 0, 15, 5);

const alone: AskingAgain = {
  pause: { reason: 'quota', sinceMs: startMs + 30 * MINUTE_MS },
  askedAtMs: startMs,
  place: { tillNumber: 1, tillCount: 1 },
  cameFreeAtMs: null,
  isFirstHour: () => false,
};

/** When a till that is looked at every half minute asks, in minutes since the start. */
function asked(of: AskingAgain, hours: number): readonly number[] {
  const minutes: number[] = [];
  let { askedAtMs } = of;
  for (let nowMs = of.pause.sinceMs; nowMs <= startMs + hours * HOUR_MS; nowMs += MINUTE_MS / 2) {
    if (!isProbeDue({ ...of, askedAtMs }, nowMs)) continue;
    askedAtMs = nowMs;
    minutes.push((nowMs - startMs) / MINUTE_MS);
  }
  return minutes;
}

describe('while KYBIO takes no calls', () => {
  it('a till alone asks once an hour, some minutes past it', () => {
    const minutes = asked(alone, 24);
    expect(minutes).toHaveLength(23);
    expect(minutes.every((minute) => minute % 60 > 0 && minute % 60 < 10)).toBe(true);
  });

  it.each([2, 3, 7, 12])('%i tills with numbers ask once an hour together', (tillCount) => {
    const days = 7;
    const all = Array.from({ length: tillCount }, (_, at) =>
      asked({ ...alone, place: { tillNumber: at + 1, tillCount } }, days * 24),
    );
    const hours = all.flat().map((minute) => Math.floor(minute / 60));
    expect(new Set(hours).size).toBe(hours.length);
    expect(hours.length).toBe(days * 24 - 1);
    expect(Math.max(...all.map(({ length }) => length)) * tillCount).toBeLessThan(days * 24 + 2 * tillCount);
  });

  it('each of them looks in the hour in which calls came free the last time', () => {
    const place = { tillNumber: 5, tillCount: 12 };
    const cameFreeAtMs = startMs - 24 * HOUR_MS + 11 * HOUR_MS + 40 * MINUTE_MS;
    const hours = asked({ ...alone, place, cameFreeAtMs }, 24).map((minute) => Math.floor(minute / 60));
    expect(hours).toContain(11);
    expect(hours.length).toBeLessThanOrEqual(3);
  });

  it('in unknown words it asks soon, twice, and when the store’s day begins', () => {
    const pause = { ...alone.pause, reason: 'refuses-all' } as const;
    const isFirstHour = (unixMs: number) => unixMs === startMs + 20 * HOUR_MS;
    const place = { tillNumber: 40, tillCount: 60 };
    const minutes = asked({ ...alone, pause, place, isFirstHour }, 24);
    expect(minutes.slice(0, 2)).toEqual([32, 45]);
    expect(minutes.map((minute) => Math.floor(minute / 60))).toContain(20);
    expect(minutes.length).toBeLessThanOrEqual(4);
  });

  it('nothing that passed while it slept is asked for twice', () => {
    const nowMs = startMs + 40 * HOUR_MS;
    expect(isProbeDue(alone, nowMs)).toBe(true);
    expect(isProbeDue({ ...alone, askedAtMs: nowMs }, nowMs + MINUTE_MS)).toBe(false);
  });

  it('a start is no question, and a clock that was set back makes no wait longer', () => {
    const nowMs = startMs + 5 * HOUR_MS + 30 * MINUTE_MS;
    expect(isProbeDue({ ...alone, askedAtMs: nowMs }, nowMs)).toBe(false);
    const ahead = { ...alone, askedAtMs: nowMs + 48 * HOUR_MS };
    expect(isProbeDue(ahead, nowMs)).toBe(false);
  });
});
