import { expect, it } from 'vitest';
import { addToTotals, goOnTimeoutMs, leastKills, minutes, sayFigures } from './support/figures.ts';
import { killUntil, noKills } from './support/kill-cycles.ts';
import { openNursery } from './support/nursery.ts';

const TILLS_AT_ONCE = 3;
/** In a long run somebody is waiting. */
const TELL_EVERY = 1_000;

it(
  'kill -9 loses no acknowledged top-up, applies none twice and damages no database',
  async () => {
    const figures = noKills();
    const startedAtMs = Date.now();
    const untilMs = Date.now() + minutes * 60_000;
    let toldAt = 0;
    const goOn = () => {
      if (goOnTimeoutMs === 0 && figures.cycles >= toldAt + TELL_EVERY) {
        toldAt = figures.cycles;
        sayFigures(`kill -9: ${figures.cycles} so far, ${figures.acknowledged} acknowledged`);
      }
      return figures.cycles < leastKills || Date.now() < untilMs;
    };
    const nursery = process.platform === 'linux' ? await openNursery() : null;
    await Promise.all(Array.from({ length: TILLS_AT_ONCE }, () => killUntil(goOn, figures, nursery)));
    await nursery?.end();
    const { cycles, started, acknowledged, applied, diedAfter, problems } = figures;
    const moments = Object.entries(diedAfter).map(([after, times]) => `${times} after ${after}`);
    const seconds = Math.round((Date.now() - startedAtMs) / 1_000);
    sayFigures(
      `kill -9: ${cycles} cycles (${started} of processes started from nothing; ${moments.join(', ')}); ${acknowledged} acknowledged, ${applied} applied, ${problems.length} problems; ${seconds} s`,
    );
    addToTotals({ kills: cycles, acknowledged, problems });
    expect(problems).toEqual([]);
    expect(cycles).toBeGreaterThanOrEqual(leastKills);
    // The kills fall where they may: some cycles end before anything was sent.
    expect(applied).toBeGreaterThan(leastKills / 2);
  },
  goOnTimeoutMs,
);
