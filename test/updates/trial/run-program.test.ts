import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runWith, systemTree, windowsTree } from '../../../main/updates/trial/run-program.ts';
import { describeOnPosix } from '../../kit/posix.ts';
import { realClock } from '../../kit/practice-store.ts';
import { temporaryFolder } from '../../kit/till.ts';
import { isRunning } from '../../support/processes.ts';

const hurried = {
  ...realClock,
  schedule: (delayMs: number, action: () => void) => realClock.schedule(delayMs / 100, action),
};

/** As Windows ends programs: by the number of one that runs, with its tree; here there is no tree. */
function windows(script: string, limitMs = 60_000) {
  const asked: string[] = [];
  const tree = windowsTree((program, args) => {
    asked.push([program, ...args.slice(0, 3)].join(' '));
    process.kill(Number(args[3]), 'SIGKILL');
  });
  const program = join(temporaryFolder(), 'next');
  writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const run = runWith({ clock: hurried, limitMs, tree });
  return { asked, run: (unwanted?: AbortSignal) => run(program, [], unwanted) };
}

const taskkill = 'taskkill.exe /T /F /PID';

describeOnPosix('a program that is run on Windows', () => {
  it('is let end by itself', async () => {
    const { asked, run } = windows('echo done; exit 3');
    expect(await run()).toEqual({ exitCode: 3, isLate: false, stdout: 'done\n' });
    expect(asked).toEqual([]);
  });

  it('is ended with its tree when its time is over, and when nobody wants it any more', async () => {
    const late = windows('while :; do sleep 1; done', 20_000);
    expect(await late.run()).toMatchObject({ exitCode: null, isLate: true });
    expect(new Set(late.asked)).toEqual(new Set([taskkill]));
    const unwanted = windows('while :; do sleep 1; done');
    expect(await unwanted.run(AbortSignal.timeout(100))).toMatchObject({ exitCode: null, isLate: false });
    expect(new Set(unwanted.asked)).toEqual(new Set([taskkill]));
  });

  it('has answered although something that it has left behind holds the line open', async () => {
    const left = join(temporaryFolder(), 'pid');
    const { asked, run } = windows(`echo done; sleep 600 & echo $! > ${left}; exit 0`);
    expect(await run()).toEqual({ exitCode: 0, isLate: false, stdout: 'done\n' });
    // By then its number may be another program's.
    expect(asked).toEqual([]);
    const pid = Number(readFileSync(left, 'utf8'));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });
});

it('each system has its own way to end what was started', () => {
  expect(systemTree('win32').hasGroup).toBe(false);
  expect(systemTree('linux').hasGroup).toBe(true);
});
