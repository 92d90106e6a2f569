import type { BrowserWindow } from 'electron';
import type { ClosingAnswer } from '../../../preload/contract/index.ts';
import type { Clock, Door } from '../../kernel/ports.ts';

/** A page that does not show the question within this time is broken: the window closes without. */
export const ANSWER_PATIENCE_MS = 3_000;

interface Parts {
  readonly clock: Pick<Clock, 'schedule'>;
  /** Whether entries are not sent, or their answer is not known. */
  readonly isUnsettled: () => boolean;
  /** Whether the window may not be closed at all now, except by the program or the system. */
  readonly isHeld: () => boolean;
  /** Shows the question, for the so many-th time in a row; 0 takes it away. */
  readonly ask: (times: number) => void;
}

export interface Closing extends Door {
  readonly guard: (window: BrowserWindow) => void;
  /** The program or the system ends: nobody is asked any more. */
  readonly leaving: () => void;
  readonly isLeaving: () => boolean;
}

/**
 * The window's own close button asks first while entries are unsettled. Only a kindness, no safety hangs on it:
 * the entries lie on the disk. So whatever goes wrong, the window closes.
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
  /** A page that does not answer cannot be asked to close either. */
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
        forget = clock.schedule(ANSWER_PATIENCE_MS, breakOff);
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
