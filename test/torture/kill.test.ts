import { expect, it } from 'vitest';
import { addToTotals, goOnTimeoutMs, leastKills, minutes, sayFigures } from './support/figures.ts';
import { killUntil, noKills } from './support/kill-cycles.ts';

const TILLS_AT_ONCE = 3;

it(
  'kill -9 loses no acknowledged top-up, applies none twice and damages no database',
  async () => {
    const figures = noKills();
    const startedAtMs = Date.now();
    const untilMs = Date.now() + minutes * 60_000;
    const goOn = () => figures.cycles < leastKills || Date.now() < untilMs;
    await Promise.all(Array.from({ length: TILLS_AT_ONCE }, () => killUntil(goOn, figures)));
    const { cycles, acknowledged, applied, diedAfter, problems } = figures;
    const moments = Object.entries(diedAfter).map(([after, times]) => `${times} after ${after}`);
    const seconds = Math.round((Date.now() - startedAtMs) / 1_000);
    sayFigures(
      `kill -9: ${cycles} cycles (${moments.join(', ')}); ${acknowledged} acknowledged, ${applied} applied, ${problems.length} problems; ${seconds} s`,
    );
    addToTotals({ kills: cycles, acknowledged, problems });
    expect(problems).toEqual([]);
    expect(cycles).toBeGreaterThanOrEqual(leastKills);
    expect(applied).toBeGreaterThan(leastKills);
  },
  goOnTimeoutMs,
);
