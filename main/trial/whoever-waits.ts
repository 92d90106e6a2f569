import type { Clock } from '../ports.ts';
import { every } from '../scheduler/every.ts';

export interface Waiting {
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** What whoever waits for the answer holds open. */
  readonly line: { once(event: 'end', gone: () => void): { resume(): unknown } };
  /** Who has started this program. */
  readonly starter: number;
  readonly isRunning: (pid: number) => boolean;
}

const LOOK_EVERY_MS = 1_000;

/**
 * Calls back when nobody waits for a trial's answer any more. The line that is held open says so at once; Electron has none
 * on Windows, where it is at its end from the beginning: there it is looked for the program itself.
 */
export function onceNobodyWaits(
  { platform, clock, line, starter, isRunning }: Waiting,
  gone: () => void,
): void {
  if (platform !== 'win32') {
    line.once('end', gone).resume();
    return;
  }
  const stop = every(clock, LOOK_EVERY_MS, () => {
    if (isRunning(starter)) return;
    stop();
    gone();
  });
}
