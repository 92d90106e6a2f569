import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DayResult } from './run-day.ts';

const script = fileURLToPath(new URL('../../scripts/days.mjs', import.meta.url));

export interface PlayedDays {
  readonly days: number;
  readonly seconds: number;
  readonly figures: Readonly<Record<string, number>>;
  readonly failures: readonly DayResult[];
}

/** The command as a person gives it. */
export async function playDays(...args: string[]): Promise<PlayedDays> {
  const child = spawn(process.execPath, [script, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  await once(child, 'close');
  return JSON.parse(text) as PlayedDays;
}
