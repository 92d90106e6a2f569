import { setTimeout as delay } from 'node:timers/promises';
import { atMost, type Figure } from '../figure.ts';
import type { Bench, Row } from '../row.ts';
import { startWindow } from '../windows.ts';

/** What a program does after its start is done by then: the look at all data too. */
const SETTLED_MS = 20_000;

/** All that a till does by itself comes once a minute at least, but for what it does by the hour. */
const IDLE_MS = 120_000;

/** A share of one core. */
const GOAL = 0.003;

/** Processor time of all processes while nobody touches anything. */
async function idle(bench: Bench, kind: 'till' | 'empty'): Promise<number> {
  const window = await startWindow(kind, bench.scratch());
  await delay(SETTLED_MS);
  const beganMs = window.processorMs() ?? 0;
  await delay(IDLE_MS);
  const tookMs = (window.processorMs() ?? 0) - beganMs;
  await window.close();
  return tookMs;
}

/** A till that nobody uses, beside what it may take, and beside a window with nothing in it. */
export const idleRow: Row = {
  name: 'idle',
  inWindow: true,
  measure: async (bench) => {
    const [till, empty] = [await idle(bench, 'till'), await idle(bench, 'empty')];
    const of = { name: 'processor in two idle minutes', unit: 'ms', ours: till } as const;
    const figures: Figure[] = [
      { ...of, against: GOAL * IDLE_MS, beside: 'limit', goal: atMost(1), bound: null },
      { ...of, against: empty, beside: 'an empty window', goal: null, bound: null },
    ];
    return figures;
  },
};
