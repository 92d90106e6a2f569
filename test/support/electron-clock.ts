import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Clock } from '../../main/kernel/ports.ts';
import { realClock } from '../kit/practice-store.ts';
import type { AppClock, OpenApp } from './electron-app.ts';
import { timeoutMs } from './electron-app.ts';

/** A clock that goes as the wall's does, and by as much more as a test lets pass; given to stores and apps. */
export interface PassingClock extends Clock, AppClock {
  /** Hours in no time, never while a call is on its way: every timer that has become due goes off. */
  pass(byMs: number): Promise<void>;
  /** Lets time pass in steps until it holds. */
  passUntil(holds: () => boolean | Promise<boolean>, stepMs?: number): Promise<void>;
}

type Held = Pick<OpenApp, 'app' | 'page'>;

/** What `held-app/clock.cjs` leaves in the app's main process. */
interface MovedFromHere {
  readonly counterfoilPass: (byMs: number) => boolean;
}

const setAhead = (page: Page, aheadMs: number): Promise<void> =>
  page.evaluate((ms) => {
    const shared = globalThis as { counterfoilWallMs?: () => number };
    shared.counterfoilWallMs ??= Date.now.bind(Date);
    const wallMs = shared.counterfoilWallMs;
    Date.now = () => Math.floor(wallMs() + ms);
  }, aheadMs);

export function createPassingClock(): PassingClock {
  let aheadMs = 0;
  const held = new Set<Held>();
  const move = async ({ app, page }: Held, byMs: number): Promise<void> => {
    await expect
      .poll(
        () =>
          app.evaluate((_electron, ms) => (globalThis as unknown as MovedFromHere).counterfoilPass(ms), byMs),
        { timeout: timeoutMs, message: 'no call on its way' },
      )
      .toBe(true);
    await setAhead(page, aheadMs);
  };
  const pass = async (byMs: number): Promise<void> => {
    aheadMs += byMs;
    await Promise.all([...held].map((open) => move(open, byMs)));
  };
  return {
    nowMs: () => Math.floor(realClock.nowMs() + aheadMs),
    monotonicMs: () => realClock.monotonicMs() + aheadMs,
    schedule: realClock.schedule,
    aheadMs: () => aheadMs,
    hold: async (open) => {
      held.add(open);
      open.app.once('close', () => held.delete(open));
      await setAhead(open.page, aheadMs);
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
          { timeout: 2 * timeoutMs },
        )
        .toBe(true);
    },
  };
}
