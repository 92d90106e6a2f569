import { setTimeout as delay } from 'node:timers/promises';
import { atMost, type Figure } from '../figure.ts';
import type { Bench, Row } from '../row.ts';
import { keepCaretSteady, startWindow } from '../windows.ts';

/** The window and its till are up by then; the first backup, after two minutes, is measured with the rest. */
const SETTLED_MS = 20_000;

/** All that a till does by itself comes once a minute at least, but for what it does by the hour. */
const IDLE_MS = 120_000;

/** A share of one core. */
const GOAL = 0.003;

/** Processor time of all processes while nobody touches anything. */
async function idle(bench: Bench, kind: 'till' | 'empty', isSteady: boolean): Promise<number> {
  const folder = bench.scratch();
  if (isSteady) keepCaretSteady(folder);
  const window = await startWindow(kind, folder);
  await delay(SETTLED_MS);
  const beganMs = window.processorMs() ?? 0;
  await delay(IDLE_MS);
  const tookMs = (window.processorMs() ?? 0) - beganMs;
  await window.close();
  return tookMs;
}

/**
 * A till that nobody uses, beside what it may take, and beside a window with nothing in it. The till's caret does not blink
 * (ADR 84): the system says so, for a runtime that does not know the page's own word. As it is on this runtime, it has no goal.
 */
export const idleRow: Row = {
  name: 'idle',
  inWindow: true,
  measure: async (bench) => {
    const till = await idle(bench, 'till', true);
    const empty = await idle(bench, 'empty', true);
    const asItIs = await idle(bench, 'till', false);
    const name = 'processor in two idle minutes';
    const of = { name, unit: 'ms', ours: till, bound: null } as const;
    const figures: Figure[] = [
      { ...of, against: GOAL * IDLE_MS, beside: 'limit', goal: atMost(1) },
      { ...of, against: empty, beside: 'an empty window', goal: null },
      {
        ...of,
        name: `${name}, as this runtime blinks`,
        ours: asItIs,
        against: till,
        beside: 'a steady caret',
        goal: null,
      },
    ];
    return figures;
  },
};
