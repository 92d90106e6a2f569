import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { onTestFinished } from 'vitest';

/** Calls that open a file, where Windows refuses one that another program holds without sharing it. */
const sync = ['readFileSync', 'openSync', 'unlinkSync', 'renameSync', 'copyFileSync'] as const;
const promised = ['readFile', 'open', 'unlink', 'rename', 'copyFile'] as const;

export interface Holding {
  /** How often a call was refused so far. */
  refused(): number;
  release(): void;
}

/**
 * Another program holds the files of these names, for so many calls or until it lets go: Node is told by the system what
 * Windows tells it. Ends with the test.
 */
export function holding(
  names: readonly string[],
  { code = 'EBUSY', times = Number.POSITIVE_INFINITY } = {},
): Holding {
  let refused = 0;
  const refuses = (paths: readonly unknown[]): Error | null => {
    const path = paths.find((at): at is string => typeof at === 'string' && names.includes(basename(at)));
    if (path === undefined || refused >= times) return null;
    refused += 1;
    return Object.assign(new Error(`${code}: resource busy or locked, open '${path}'`), { code, path });
  };
  const before: (() => void)[] = [];
  const patch = (of: object, name: string, isAsync: boolean) => {
    const own = of as Record<string, (...args: unknown[]) => unknown>;
    const real = own[name];
    if (real === undefined) return;
    own[name] = (...args) => {
      const thrown = refuses(args.slice(0, 2));
      if (thrown === null) return real(...args);
      if (isAsync) return Promise.reject(thrown);
      throw thrown;
    };
    before.push(() => {
      own[name] = real;
    });
  };
  for (const name of sync) patch(fs, name, false);
  for (const name of promised) patch(fs.promises, name, true);
  syncBuiltinESMExports();
  const release = () => {
    for (const restore of before.splice(0)) restore();
    syncBuiltinESMExports();
  };
  onTestFinished(release);
  return { refused: () => refused, release };
}
