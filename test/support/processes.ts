import { readFileSync } from 'node:fs';

/** What has ended and is not yet waited for is not running. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
