import { readFileSync } from 'node:fs';

/** What has ended and is not yet waited for is not running. */
export function isRunning(pid: number): boolean {
  try {
    // Windows knows none that has ended and is still there.
    if (process.platform === 'win32') return process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
