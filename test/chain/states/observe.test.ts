import { describe, expect, it } from 'vitest';
import { isOfLivingCopy, type Observed, observe } from '../../../main/chain/states/observe.ts';
import { stateOf } from '../../kit/till-state.ts';

const MIN = 60_000;
const start = 1_800_000_000_000;

/** A till's file as it was found, by its own clock and the reader's, in minutes. */
interface Look {
  readonly run?: string;
  readonly written?: number;
  readonly atMin: number;
  readonly readMin: number;
}

/** What is known after these. */
function found(...looks: readonly Look[]): Observed {
  let known: Observed | null = null;
  for (const { atMin, readMin, run = 'first-run', ...look } of looks)
    known = observe(known, stateOf({ run, ...look, atMs: start + atMin * MIN }), start + readMin * MIN);
  if (known === null) throw new Error('nothing was found');
  return known;
}
const seenMin = (...looks: readonly Look[]) => (found(...looks).seenAtMs - start) / MIN;

describe('since when a till is silent', () => {
  it('is what its file says at first sight, and then what the reader saw it do', () => {
    expect(seenMin({ atMin: 0, readMin: 300 })).toBe(0);
    expect(seenMin({ atMin: 0, readMin: 1 }, { atMin: 5, readMin: 6 })).toBe(5);
    expect(seenMin({ atMin: 0, readMin: 1 }, { atMin: 0, readMin: 6 }, { atMin: 0, readMin: 500 })).toBe(0);
  });

  it('is not what a clock says that is behind, once the till was seen to write', () => {
    expect(seenMin({ atMin: -120, readMin: 1 })).toBe(-120);
    expect(seenMin({ atMin: -120, readMin: 1 }, { atMin: -115, readMin: 6 })).toBe(1);
    // Started again, with its clock as it was.
    const again = { run: 'second-run', atMin: -110, readMin: 11 };
    const before = [
      { atMin: -120, readMin: 1 },
      { atMin: -115, readMin: 6 },
    ];
    expect(seenMin(...before, again, { ...again, atMin: -105, readMin: 16 })).toBe(11);
  });

  it('is now where a clock is ahead, which is told', () => {
    const ahead = found({ atMin: 600, readMin: 1 });
    expect(ahead).toMatchObject({ seenAtMs: start + MIN, aheadMs: 599 * MIN });
    expect(seenMin({ atMin: 600, readMin: 1 }, { atMin: 600, readMin: 300 })).toBe(1);
    expect(seenMin({ atMin: 600, readMin: 1 }, { atMin: 605, readMin: 300 })).toBe(300);
    // Set right again.
    expect(seenMin({ atMin: 600, readMin: 1 }, { run: 'second-run', atMin: 10, readMin: 10 })).toBe(10);
  });

  it('is not what a clock says that was set back while the program runs', () => {
    const ahead = { written: 7, atMin: 4_320, readMin: 1 };
    expect(seenMin(ahead, { written: 8, atMin: 5, readMin: 6 })).toBe(5);
    expect(seenMin(ahead, { written: 7, atMin: 4_320, readMin: 6 })).toBe(1);
    expect(seenMin(ahead, { written: 8, atMin: 5, readMin: 6 }, { ...ahead, readMin: 500 })).toBe(5);
  });

  it('is no later than now once the reader’s own clock was set back', () => {
    const ahead = { atMin: 5, readMin: 2_880 };
    expect(seenMin({ atMin: 0, readMin: 2_875 }, ahead, { ...ahead, readMin: 10 })).toBe(10);
    expect(
      seenMin({ atMin: 0, readMin: 2_875 }, ahead, { ...ahead, readMin: 10 }, { ...ahead, readMin: 500 }),
    ).toBe(10);
  });

  it('is not moved by an old file that is put back, of this run or of an earlier one', () => {
    const looks = [
      { run: 'first-run', atMin: 0, readMin: 0 },
      { run: 'second-run', atMin: 10, readMin: 10 },
      { run: 'second-run', atMin: 15, readMin: 15 },
    ];
    for (const old of [
      { run: 'second-run', atMin: 10 },
      { run: 'first-run', atMin: 0 },
      { run: 'earliest-run', atMin: -5 },
    ]) {
      const known = found(...looks, { ...old, readMin: 200 });
      expect(known.seenAtMs).toBe(start + 15 * MIN);
      expect(known.state.run).toBe('second-run');
    }
  });

  it('remembers a hundred starts of a till', () => {
    const looks = Array.from({ length: 300 }, (_, at) => ({
      run: `run-number-${at}`,
      atMin: at,
      readMin: at,
    }));
    expect(found(...looks).runs.size).toBe(100);
  });
});

describe('a living copy', () => {
  it('is whoever has read what this run wrote, and nobody else', () => {
    expect(isOfLivingCopy({ run: 'other', saw: 'mine' }, 'mine')).toBe(true);
    expect(isOfLivingCopy({ run: 'other', saw: 'third' }, 'mine')).toBe(false);
    expect(isOfLivingCopy({ run: 'other', saw: null }, 'mine')).toBe(false);
    expect(isOfLivingCopy({ run: 'other' }, 'mine')).toBe(false);
    expect(isOfLivingCopy({ run: 'mine', saw: 'mine' }, 'mine')).toBe(false);
  });
});
