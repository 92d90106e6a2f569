import { atMost, type Figure } from './figure.ts';

/** What a screen has for a frame: whoever presses a key must not wait for a backup. */
const LIMIT_MS = 16;

/** A watch that never rests makes so much garbage that collecting it holds the thread for longer than all that it looks for. */
const CHECK_EVERY_MS = 1;

export interface Held {
  /** From its beginning to its end. */
  readonly tookMs: number;
  /** The longest that main's thread let nothing else in, by the wall. */
  readonly wallMs: number;
  /** The most work of its own that it did meanwhile: what a busy machine takes from it is no work. */
  readonly workMs: number;
}

/** Does something and looks at main's thread meanwhile, each millisecond. */
export async function held(work: () => Promise<unknown>): Promise<Held> {
  let [isOver, wallMs, workMs] = [false, 0, 0];
  let [lastMs, last] = [performance.now(), process.threadCpuUsage()];
  const watch = () => {
    const { user, system } = process.threadCpuUsage(last);
    wallMs = Math.max(wallMs, performance.now() - lastMs - CHECK_EVERY_MS);
    workMs = Math.max(workMs, (user + system) / 1_000);
    [lastMs, last] = [performance.now(), process.threadCpuUsage()];
    if (!isOver) setTimeout(watch, CHECK_EVERY_MS);
  };
  setTimeout(watch, CHECK_EVERY_MS);
  const beganMs = performance.now();
  await work();
  isOver = true;
  return { tookMs: performance.now() - beganMs, wallMs, workMs };
}

export function heldFigures(what: string, size: string, { wallMs, workMs }: Held): readonly Figure[] {
  const limit = { unit: 'ms', against: LIMIT_MS, beside: 'limit', goal: atMost(1), bound: null } as const;
  return [
    { ...limit, name: `main held by ${what}, ${size}`, ours: wallMs },
    { ...limit, name: `its own work in that, ${size}`, ours: workMs },
  ];
}
