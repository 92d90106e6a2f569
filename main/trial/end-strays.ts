import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isNoted, markFile } from './mark.ts';

/** The programs that were started with this argument. */
export type StartedWith = (argument: string) => readonly number[];

const commandOf = (pid: string): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

const onLinux: StartedWith = (argument) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(argument))
    .map(Number);

/** Each program's number and how it was started, a line each. */
const LIST_COMMAND =
  'Get-CimInstance Win32_Process -Filter "CommandLine LIKE \'%--trial=%\'" | ForEach-Object { "$($_.ProcessId) $($_.CommandLine)" }';

/** An argument as it stands in a command line, in quotation marks where it has a space: whole, not the beginning of one. */
const stands = (argument: string, line: string): boolean =>
  [` ${argument} `, `"${argument}"`].some((written) => `${line} `.includes(written));

/** On Windows; `ask` tells what PowerShell says, nothing where it says nothing. */
export const onWindows =
  (ask: (command: string) => string): StartedWith =>
  (argument) =>
    ask(LIST_COMMAND)
      .split(/\r?\n/)
      .filter((line) => stands(argument, line))
      .map((line) => Number.parseInt(line, 10));

const PATIENCE_MS = 20_000;

function askPowerShell(command: string): string {
  const args = ['-NoProfile', '-NonInteractive', '-Command', command];
  const how = { encoding: 'utf8', timeout: PATIENCE_MS, windowsHide: true } as const;
  return spawnSync('powershell.exe', args, how).stdout ?? '';
}

/** Where nothing is known of other programs, none is tried either. */
const systems: Readonly<Partial<Record<NodeJS.Platform, StartedWith>>> = {
  linux: onLinux,
  win32: onWindows(askPowerShell),
};

/**
 * Ends a version that is still being tried on this data although the program that started it was killed. It ends by itself
 * when that goes, unless it hangs; then it would keep the data from whoever puts it back. To be called by the one program
 * that has this data folder's window. Whether there was any.
 */
export function endStrays(
  folder: string,
  startedWith: StartedWith | undefined = systems[process.platform],
): boolean {
  if (startedWith === undefined || !existsSync(markFile(folder)) || !isNoted(folder, 'onlyTried'))
    return false;
  const strays = startedWith(`--trial=${folder}`);
  for (const pid of strays) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile, or is somebody else's.
    }
  }
  return strays.length > 0;
}
