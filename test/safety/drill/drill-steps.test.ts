import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginDrill,
  type DrillEntry,
  type DrillFacts,
  type DrillProgress,
  drillAfter,
  drillNow,
  plugMoves,
  replyWasLost,
} from '../../../main/safety/drill/drill-steps.ts';
import { amount, type EntryState, entryStates } from '../../../preload/contract/index.ts';

const entry = (id: string, state: EntryState, change: Partial<DrillEntry> = {}): DrillEntry => ({
  ...{ id, state, isTopUp: true, customerUid: '1', amount: amount('10'), createdAtMs: 0 },
  ...change,
});

const at = (plugIn: boolean, ...entries: DrillEntry[]): DrillFacts => ({ plugIn, entries });

const [a, b] = [entry('a', 'queued'), entry('b', 'queued')];

/** The plug is out, two wait, and it goes in. */
const armed = plugMoves(beginDrill, at(false, a, b), true);
const lost = replyWasLost(armed, 5_000);

describe('the steps of an outage drill', () => {
  it('goes from the plug to a decided review as it is wanted', () => {
    const told: [DrillProgress, DrillFacts][] = [
      [beginDrill, at(true)],
      [beginDrill, at(false)],
      [beginDrill, at(false, a)],
      [beginDrill, at(false, a, b)],
      [armed, at(true, a, b)],
      [armed, at(true, entry('a', 'confirmed'), entry('b', 'sending'))],
      [lost, at(true, entry('a', 'confirmed'), entry('b', 'sending'))],
      [lost, at(true, entry('a', 'confirmed'), entry('b', 'unknown'))],
      [lost, at(true, entry('a', 'confirmed'), entry('b', 'review'))],
      [lost, at(true, entry('a', 'confirmed'), entry('b', 'confirmed'))],
    ];
    expect(told.map(([progress, facts]) => drillNow(progress, facts).step)).toEqual([
      ...['unplug', 'first', 'second', 'plug', 'checking', 'checking', 'checking', 'checking'],
      ...['review', 'end'],
    ]);
    expect(told.every(([progress, facts]) => drillNow(progress, facts).hint === null)).toBe(true);
  });

  it('chooses the second of those that wait, before the plug moves', () => {
    expect(armed.targetId).toBe('b');
    expect(plugMoves(beginDrill, at(false, a, entry('x', 'cancelled'), b), true).targetId).toBe('b');
  });

  it('takes only top-ups that wait: no points alone, none that was sent before', () => {
    const others = [entry('p', 'queued', { isTopUp: false }), entry('d', 'confirmed')];
    expect(drillNow(beginDrill, at(false, ...others, a)).step).toBe('second');
    expect(plugMoves(beginDrill, at(false, ...others, a), true)).toMatchObject({
      ...{ targetId: null, missed: 'early' },
    });
  });

  it('leads back whoever puts the plug in too early, and says why until it is out again', () => {
    const early = plugMoves(beginDrill, at(false, a), true);
    expect(drillNow(early, at(true, entry('a', 'confirmed')))).toEqual({ step: 'unplug', hint: 'early' });
    const again = plugMoves(early, at(true, entry('a', 'confirmed')), false);
    expect(drillNow(again, at(false, entry('a', 'confirmed')))).toEqual({ step: 'first', hint: null });
  });

  it('goes back a step where one that waited was cancelled', () => {
    expect(drillNow(beginDrill, at(false, a, entry('b', 'cancelled'))).step).toBe('second');
  });

  it('begins anew where the chosen one was refused or cancelled before its reply could be lost', () => {
    for (const state of ['rejected', 'cancelled', 'confirmed'] as const) {
      const facts = at(true, entry('a', 'confirmed'), entry('b', state));
      expect(drillNow(drillAfter(armed, facts), facts)).toEqual({ step: 'unplug', hint: 'notLost' });
    }
  });

  it('keeps the chosen one while the plug goes out again before anything was sent', () => {
    const out = plugMoves(armed, at(true, a, b), false);
    expect(drillNow(out, at(false, a, b)).step).toBe('plug');
    expect(plugMoves(out, at(false, a, b), true).targetId).toBe('b');
  });

  it('says that nothing can be read while the plug is out, and waits for all of the drill', () => {
    expect(drillNow(lost, at(false, entry('a', 'confirmed'), entry('b', 'unknown')))).toEqual({
      ...{ step: 'checking', hint: 'unplugged' },
    });
    const decided = [entry('a', 'confirmed'), entry('b', 'confirmed')];
    expect(drillNow(lost, at(true, ...decided, entry('c', 'sending')))).toEqual({
      ...{ step: 'checking', hint: 'others' },
    });
    expect(drillNow(lost, at(true, ...decided, entry('c', 'review'))).step).toBe('review');
  });

  it('is checked again where a manager has it sent, and needs no review where it settles by itself', () => {
    expect(drillNow(lost, at(true, entry('a', 'confirmed'), entry('b', 'queued'))).step).toBe('checking');
    const settled = at(true, entry('a', 'confirmed'), entry('b', 'confirmed'));
    expect(drillNow(lost, settled).step).toBe('end');
  });

  it('never has nothing to do before its end, whatever happens in whatever order', () => {
    const moment = fc.record({
      plugIn: fc.boolean(),
      states: fc.array(fc.constantFrom(...entryStates), { maxLength: 4 }),
      isLost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 30 }), (moments) => {
        let progress = beginDrill;
        let before = at(true);
        for (const { plugIn, states, isLost } of moments) {
          if (plugIn !== before.plugIn) progress = plugMoves(progress, before, plugIn);
          const facts = at(plugIn, ...states.map((state, index) => entry(String(index), state)));
          if (isLost && plugIn && progress.targetId !== null && progress.lostId === null)
            progress = replyWasLost(progress, 1);
          progress = drillAfter(progress, facts);
          const { step } = drillNow(progress, facts);
          // It ends only by a lost reply that was decided.
          if (step === 'end') {
            expect(progress.lostId).not.toBeNull();
            expect(states.every((state) => ['confirmed', 'rejected', 'cancelled'].includes(state))).toBe(
              true,
            );
          }
          if (step === 'review') expect(states).toContain('review');
          if (!plugIn && progress.lostId === null) expect(['first', 'second', 'plug']).toContain(step);
          before = facts;
        }
      }),
    );
  });
});
