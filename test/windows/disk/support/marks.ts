import { it } from 'vitest';

export const onWindows = process.platform === 'win32';

/** What cannot be seen here is no silent gap: it stands in the report, and the line is counted by whoever ran it. */
export function notRun(name: string, why: string): void {
  process.stdout.write(`NOT RUN: ${name}: ${why}\n`);
  it.skipIf(true)(`${name} (not run: ${why})`, () => undefined);
}

/** Only Windows lets one program keep another from a file. */
export const itOnWindows: (name: string, run: () => Promise<void>) => void = (name, run) =>
  onWindows ? it(name, run) : notRun(name, 'no file is held against others on this system');
