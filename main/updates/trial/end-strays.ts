import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isNoted, markFile } from './mark.ts';

const commandOf = (pid: string): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/**
 * Ends a version that is still being tried on this data although the program that started it was killed. It ends by itself
 * when that goes, unless it hangs; then it would keep the data from whoever puts it back. On Windows the system ends it with
 * the program that started it (`run-program.ts`), hanging or not. To be called by the one program that has this data folder's window. Whether there was any.
 */
export function endStrays(folder: string): boolean {
  if (!existsSync(markFile(folder)) || !isNoted(folder, 'onlyTried') || !existsSync('/proc')) return false;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const strays = pids.filter((pid) => commandOf(pid).includes(`--trial=${folder}`));
  for (const pid of strays) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return strays.length > 0;
}
