import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginGuide,
  type GuideFacts,
  guideAfter,
  guideFacts,
  guideSteps,
} from '../../../../renderer/app/practice/guide-steps.ts';
import { createGuideStore } from '../../../../renderer/app/practice/guide-store.ts';
import { noCounts, snapshotOf } from '../../support/samples.ts';

const start: GuideFacts = { hasMember: false, plugIn: true, entries: 0, confirmed: 0, waiting: 0 };

/** How many steps are done after each of these moments, every one changing what was before. */
function walk(...moments: Partial<GuideFacts>[]): number[] {
  let facts = start;
  let progress = beginGuide(facts);
  return moments.map((change) => {
    facts = { ...facts, ...change };
    progress = guideAfter(progress, facts);
    return progress.done;
  });
}

describe('the guide through the first minute', () => {
  it('ticks each step off when it has happened', () => {
    const done = walk(
      {},
      { hasMember: true },
      { hasMember: false, entries: 1, waiting: 1 },
      { confirmed: 1, waiting: 0 },
      { plugIn: false },
      { hasMember: true },
      { hasMember: false, entries: 2, waiting: 1 },
      { plugIn: true },
      { confirmed: 2, waiting: 0 },
    );
    expect(done).toEqual([0, 1, 2, 2, 2, 2, 3, 3, 4]);
  });

  it('takes the steps of somebody who pulls the plug first', () => {
    expect(
      walk({ plugIn: false }, { entries: 1, waiting: 1 }, { plugIn: true, waiting: 0, confirmed: 1 }),
    ).toEqual([0, 3, 4]);
  });

  it('is not ended by an entry that was cancelled, nor by one whose answer was lost', () => {
    const waits = [
      { entries: 1, confirmed: 1 },
      { plugIn: false, entries: 2, waiting: 1 },
    ];
    expect(walk(...waits, { waiting: 0 }, { plugIn: true }).at(-1)).toBe(3);
  });

  it('counts nothing that was there before', () => {
    const before = { ...start, entries: 7, confirmed: 7 };
    expect(guideAfter(beginGuide(before), before).done).toBe(0);
  });

  it('never goes back, and ends only where all of it happened', () => {
    const moment = fc.record({
      hasMember: fc.boolean(),
      plugIn: fc.boolean(),
      entries: fc.nat(5),
      confirmed: fc.nat(5),
      waiting: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 30 }), (moments) => {
        let progress = beginGuide(start);
        let waited = false;
        for (const facts of moments) {
          const next = guideAfter(progress, facts);
          expect(next.done).toBeGreaterThanOrEqual(progress.done);
          waited ||= !facts.plugIn && facts.waiting > 0;
          if (next.done === guideSteps.length) expect(waited).toBe(true);
          progress = next;
        }
        expect(progress.done).toBeLessThanOrEqual(guideSteps.length);
      }),
    );
  });

  it('reads its facts from the snapshot of a practice store alone', () => {
    expect(guideFacts(snapshotOf(), true)).toBeNull();
    const counts = { ...noCounts, confirmed: 2, queued: 1, sending: 1, unknown: 1 };
    const practice = { plugIn: false, loseNextReply: false, samples: [] };
    expect(guideFacts(snapshotOf({ mode: 'practice', practice, counts }), true)).toEqual({
      ...{ hasMember: true, plugIn: false, entries: 5, confirmed: 2, waiting: 2 },
    });
  });
});

describe('the place of the guide', () => {
  function guideOver(...moments: (GuideFacts | null)[]) {
    const guide = createGuideStore({ facts: () => moments[0] ?? null });
    const next = () => {
      moments.shift();
      guide.look();
      return guide.store.getState();
    };
    guide.look();
    return { guide, next };
  }

  it('opens by itself where nothing was ever entered, and goes when it is put away', () => {
    const { guide, next } = guideOver(null, start, { ...start, hasMember: true });
    expect(guide.store.getState()).toEqual({ progress: null, isOpen: false });
    expect(next()).toMatchObject({ isOpen: true, progress: { done: 0 } });
    expect(next()).toMatchObject({ isOpen: true, progress: { done: 1 } });
    guide.putAway();
    guide.look();
    expect(guide.store.getState().isOpen).toBe(false);
  });

  it('is over where the practice store is left', () => {
    const { guide, next } = guideOver(start, { ...start, hasMember: true }, null);
    expect(next()).toMatchObject({ isOpen: true });
    expect(next()).toEqual({ progress: null, isOpen: false });
    guide.bringBack();
    expect(guide.store.getState().isOpen).toBe(false);
  });

  it('stays away from who has been here before, until it is brought back from the first step', () => {
    const before = { ...start, entries: 3, confirmed: 3 };
    const { guide, next } = guideOver(before, { ...before, entries: 4, waiting: 1 });
    expect(guide.store.getState().isOpen).toBe(false);
    guide.bringBack();
    expect(guide.store.getState()).toMatchObject({ isOpen: true, progress: { done: 0, entriesBefore: 3 } });
    expect(next()).toMatchObject({ progress: { done: 2 } });
  });

  it('is not brought where there is no practice store', () => {
    const { guide } = guideOver(null);
    guide.bringBack();
    expect(guide.store.getState().isOpen).toBe(false);
  });
});
