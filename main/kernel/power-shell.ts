import { execFile } from 'node:child_process';

/**
 * What Windows' PowerShell prints for a command; null where it fails, or does not end within `limitMs`. A file's name is never part
 * of the command: it goes beside it, in `env`.
 */
export const askPowerShell = (
  command: string,
  env: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<string | null> =>
  new Promise((resolve) => {
    // Modules of the user's own do not answer in Windows' place.
    const all = { ...process.env, PSModulePath: '', ...env };
    const args = ['-NoProfile', '-NonInteractive', '-Command', command];
    const how = { env: all, timeout: limitMs, windowsHide: true };
    execFile('powershell.exe', args, how, (error, said) => resolve(error === null ? said : null));
  });
