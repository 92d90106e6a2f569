import { chmodSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planted } from '../../faults/faults.ts';
import { isInDepth, isInSample } from '../../kit/depth.ts';
import { type Launch, openApp, within } from './support/app.ts';
import { scratch } from './support/build.ts';
import type { Undone } from './support/doors.ts';

// Security check 4. As root there is no sandbox to enter, so the app is started as nobody, with a home of its own.
function unprivileged(launch: Launch) {
  const args = launch.args.filter((argument) => argument !== '--no-sandbox');
  if (process.getuid?.() !== 0) return { ...launch, args, chromiumSandbox: true };
  const home = scratch('nobody');
  chmodSync(home, 0o777);
  const wrapper = join(home, 'start.sh');
  const asNobody = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups --';
  writeFileSync(wrapper, `#!/bin/sh\n${asNobody} '${launch.executable}' "$@"\n`, { mode: 0o755 });
  const env = { HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_RUNTIME_DIR: home };
  return { ...launch, args, executable: wrapper, env, chromiumSandbox: true };
}

/** Whether a process sees other processes than its parent does, and may not make every system call. */
const isConfined = (pid: number, parent: number): boolean =>
  readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync(`/proc/${parent}/ns/pid`) &&
  /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

/** Opens a second window that asks for no sandbox at all, and looks at both windows' processes. */
async function confinement(undone: readonly Undone[]) {
  const app = await openApp({ undone, launch: unprivileged });
  try {
    const found = await within(
      'the second window',
      app.electron.evaluate(async ({ BrowserWindow }) => {
        const pids = BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId());
        const loose = new BrowserWindow({ show: false, webPreferences: { sandbox: false } });
        await loose.loadURL('counterfoil://app/index.html');
        return { main: process.pid, till: pids[0] ?? 0, loose: loose.webContents.getOSProcessId() };
      }),
    );
    return { till: isConfined(found.till, found.main), loose: isConfined(found.loose, found.main) };
  } finally {
    await app.close();
  }
}

describe.runIf(process.platform === 'linux')('4: every renderer is in the sandbox', () => {
  if (isInSample)
    test('the sound build: the till, and a window that wants out', async () => {
      expect(await confinement([])).toEqual({ till: true, loose: true });
    });
  if (!isInDepth) return;

  test('a build without app.enableSandbox() is found out by the second window', async () => {
    expect(await confinement(planted('no-sandbox-for-all').changes)).toEqual({ till: true, loose: false });
  });

  test('one that takes its own window out as well, by the first', async () => {
    expect(await confinement(planted('till-out-of-the-sandbox').changes)).toEqual({
      till: false,
      loose: false,
    });
  });
});
