import { execFile } from 'node:child_process';

/**
 * What Windows' PowerShell prints for a command; null where it fails or exceeds `limitMs`. File names are passed in
 * `env`, never inside the command.
 */
export const askPowerShell = (
  command: string,
  env: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<string | null> =>
  new Promise((resolve) => {
    // Without the user's own modules.
    const all = { ...process.env, PSModulePath: '', ...env };
    const args = ['-NoProfile', '-NonInteractive', '-Command', command];
    const how = { env: all, timeout: limitMs, windowsHide: true };
    execFile('powershell.exe', args, how, (error, said) => resolve(error === null ? said : null));
  });
