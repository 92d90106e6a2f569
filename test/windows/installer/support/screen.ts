// A screen for what is to be seen.
import { spawn } from 'node:child_process';

export interface Screen {
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** Rejects where there is no Xvfb. */
export function openScreen(): Promise<Screen> {
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    xvfb.once('error', reject);
    xvfb.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    xvfb.stdio[3]?.once('data', (number) =>
      resolve({ env: { DISPLAY: `:${String(number).trim()}` }, close: () => void xvfb.kill() }),
    );
  });
}
