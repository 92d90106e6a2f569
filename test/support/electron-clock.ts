import type { ElectronApplication, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Clock } from '../../main/ports.ts';
import { type OpenApp, patienceMs } from './electron-app.ts';
import { realClock } from './practice-store.ts';

/** A clock that goes as the wall's does, and by as much more as a test lets pass. */
export interface PassingClock extends Clock {
  /** From now on the app, its window and its timers go by this clock. */
  hold(open: Pick<OpenApp, 'app' | 'page'>): Promise<void>;
  /** Hours in no time, never while a call is on its way: every timer that has become due goes off. */
  pass(byMs: number): Promise<void>;
  /** Lets time pass in steps until it holds. */
  passUntil(holds: () => boolean | Promise<boolean>, stepMs?: number): Promise<void>;
}

/** What is left in the app's main process to move its clock; false while a call is on its way. */
interface Held {
  counterfoilPass?: (byMs: number) => boolean;
}

/** Below this a timer paces the program itself and is none that the till waits for. */
const SHORTEST_TIMER_MS = 1_000;

function holdMain(app: ElectronApplication): Promise<void> {
  return app.evaluate((_electron, shortestMs) => {
    type Action = (...args: unknown[]) => void;
    interface Waiting {
      readonly dueMs: number;
      readonly run: () => void;
      timer: NodeJS.Timeout;
    }
    const node = process.mainModule?.require as NodeJS.Require;
    const { subscribe } = node('node:diagnostics_channel') as typeof import('node:diagnostics_channel');
    const underWay = new Set<unknown>();
    const requestOf = (message: unknown) => (message as { request: unknown }).request;
    subscribe('undici:request:create', (message) => underWay.add(requestOf(message)));
    for (const end of ['undici:request:trailers', 'undici:request:error'])
      subscribe(end, (message) => underWay.delete(requestOf(message)));

    let aheadMs = 0;
    const wallMs = Date.now.bind(Date);
    const monotonicMs = performance.now.bind(performance);
    Date.now = () => wallMs() + aheadMs;
    // Node's own cannot be assigned to.
    Object.defineProperty(performance, 'now', { value: () => monotonicMs() + aheadMs });

    const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
    const waiting = new Map<unknown, Waiting>();
    const held = (action: Action, delayMs = 0, ...args: unknown[]) => {
      if (delayMs < shortestMs) return set(action, delayMs, ...args);
      const run = () => {
        waiting.delete(timer);
        action(...args);
      };
      const timer: NodeJS.Timeout = set(run, delayMs);
      waiting.set(timer, { dueMs: performance.now() + delayMs, run, timer });
      return timer;
    };
    globalThis.setTimeout = held as typeof setTimeout;
    globalThis.clearTimeout = ((timer: NodeJS.Timeout | undefined) => {
      clear(waiting.get(timer)?.timer);
      waiting.delete(timer);
      clear(timer);
    }) as typeof clearTimeout;

    (globalThis as Held).counterfoilPass = (byMs) => {
      if (underWay.size > 0) return false;
      aheadMs += byMs;
      for (const one of waiting.values()) {
        clear(one.timer);
        one.timer = set(one.run, Math.max(0, one.dueMs - performance.now()));
      }
      return true;
    };
  }, SHORTEST_TIMER_MS);
}

const setAhead = (page: Page, aheadMs: number): Promise<void> =>
  page.evaluate((ms) => {
    const shared = globalThis as { counterfoilWallMs?: () => number };
    shared.counterfoilWallMs ??= Date.now.bind(Date);
    const wallMs = shared.counterfoilWallMs;
    Date.now = () => wallMs() + ms;
  }, aheadMs);

export function createPassingClock(): PassingClock {
  let aheadMs = 0;
  const held: Pick<OpenApp, 'app' | 'page'>[] = [];
  const move = async ({ app, page }: Pick<OpenApp, 'app' | 'page'>, byMs: number): Promise<void> => {
    await expect
      .poll(() => app.evaluate((_electron, ms) => (globalThis as Held).counterfoilPass?.(ms), byMs), {
        timeout: patienceMs,
        message: 'no call on its way',
      })
      .toBe(true);
    await setAhead(page, aheadMs);
  };
  const pass = async (byMs: number): Promise<void> => {
    aheadMs += byMs;
    await Promise.all(held.map((open) => move(open, byMs)));
  };
  return {
    nowMs: () => realClock.nowMs() + aheadMs,
    monotonicMs: () => realClock.monotonicMs() + aheadMs,
    schedule: realClock.schedule,
    hold: async (open) => {
      await holdMain(open.app);
      held.push(open);
      await move(open, aheadMs);
    },
    pass,
    passUntil: async (holds, stepMs = 5_000) => {
      await expect
        .poll(
          async () => {
            const isSo = await holds();
            if (!isSo) await pass(stepMs);
            return isSo;
          },
          { timeout: 2 * patienceMs },
        )
        .toBe(true);
    },
  };
}
