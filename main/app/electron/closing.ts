import type { BrowserWindow } from 'electron';
import type { ClosingAnswer } from '../../../preload/contract/index.ts';
import type { Clock, Door } from '../../kernel/ports.ts';

/** A page that does not show the question in time is broken: the window closes. */
export const ANSWER_TIMEOUT_MS = 3_000;

interface Parts {
  readonly clock: Pick<Clock, 'schedule'>;
  /** Entries are unsent or undecided. */
  readonly isUnsettled: () => boolean;
  /** Only the program or the system may close the window now. */
  readonly isHeld: () => boolean;
  /** Shows the question; `times` counts repeated presses, 0 hides it. */
  readonly ask: (times: number) => void;
}

export interface Closing extends Door {
  readonly guard: (window: BrowserWindow) => void;
  /** At the end of the program or system: asks nobody any more. */
  readonly leaving: () => void;
  readonly isLeaving: () => boolean;
}

/**
 * Makes the close button ask while entries are unsettled. A convenience only, since entries are on disk: after any
 * error the window closes.
 */
export function createClosing({ clock, isUnsettled, isHeld, ask }: Parts): Closing {
  let times = 0;
  let isLeaving = false;
  let window: BrowserWindow | null = null;
  let forget = (): void => undefined;

  const leaving = (): void => {
    isLeaving = true;
    forget();
  };
  const leave = (): void => {
    leaving();
    if (window !== null && !window.isDestroyed()) window.close();
  };
  const breakOff = (): void => {
    leaving();
    if (window !== null && !window.isDestroyed()) window.destroy();
  };
  return {
    guard: (guarded) => {
      window = guarded;
      const page = guarded.webContents;
      guarded.on('close', (event) => {
        if (isLeaving || page.isCrashed()) return;
        if (isHeld()) {
          event.preventDefault();
          return;
        }
        if (!isUnsettled()) return;
        event.preventDefault();
        times += 1;
        ask(times);
        forget();
        forget = clock.schedule(ANSWER_TIMEOUT_MS, breakOff);
      });
      const broken = () => {
        if (times > 0) breakOff();
      };
      page.on('render-process-gone', broken);
      guarded.on('unresponsive', broken);
      guarded.on('session-end', leaving);
    },
    leaving,
    isLeaving: () => isLeaving,
    answer: (answer: ClosingAnswer) => {
      if (times === 0) return;
      forget();
      if (answer === 'close') leave();
      if (answer === 'stay') {
        times = 0;
        ask(0);
      }
    },
  };
}
