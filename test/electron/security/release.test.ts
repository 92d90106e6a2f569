import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { planted } from '../../faults/faults.ts';
import { isInDepth, isInSample } from '../../kit/depth.ts';
import { openApp, within } from './support/app.ts';
import type { Undone } from './support/doors.ts';
import { withoutRequestBlock } from './support/evaluate.ts';
import { packaged, start } from './support/release.ts';

const takesAll = planted('release-takes-switches');

const listens = (said: string) => said.includes('DevTools listening');
const answers = (_said: string, piped: string) => piped.includes('"product"');
const opened = (_said: string, _piped: string, data: string) => {
  const log = join(data, 'logs', 'till.log');
  return existsSync(log) && readFileSync(log, 'utf8').includes('till.opened');
};

describe.runIf(process.platform === 'linux')('12: a release', () => {
  if (isInSample)
    test('starts', async () => {
      const started = await start({}, opened);
      expect(started.code, started.said).toBeNull();
    });

  const doors = [
    '--remote-debugging-port=0',
    '-remote-debugging-port=0',
    '--remote-debugging-pipe',
    '--inspect=0',
    '--disable-web-security',
  ];
  if (isInSample)
    test.each(doors)('refuses %s', async (door) => {
      const started = await start({ args: [door] }, (said, piped) => listens(said) || answers(said, piped));
      expect([started.code, started.piped], started.said).toEqual([2, '']);
      expect(started.said).toContain('A release does not take');
    });

  if (isInDepth)
    test.each([
      ['--remote-debugging-port=0', 'Counterfoil', takesAll.changes],
      ['--remote-debugging-port=0', 'Counterfoil-substitute', []],
    ])(
      'without the refusal %s listens; so it does in a build named %s',
      async (door, name, undone: readonly Undone[]) => {
        const started = await start({ undone, name, args: [door] }, listens);
        expect(started.code, started.said).toBeNull();
      },
    );

  if (isInDepth)
    test('without the refusal the pipe answers', async () => {
      const started = await start({ undone: takesAll.changes, args: ['--remote-debugging-pipe'] }, answers);
      expect(started.code, started.said).toBeNull();
    });
});

/** Whether the tools open in a release that lets a debugger in. */
async function toolsOpen(undone: readonly Undone[], timeoutMs = 1_500): Promise<boolean> {
  let folder = '';
  const app = await openApp({
    undone: [...takesAll.changes, ...undone],
    launch: (launch, appFolder) => {
      const build = packaged(launch, appFolder, 'Counterfoil');
      folder = build.folder;
      return build;
    },
  });
  try {
    // Which stops the tools' own page as well, and would hide what is checked here.
    await withoutRequestBlock(app);
    return await within(
      'the tools',
      app.electron.evaluate(async ({ app: runtime, BrowserWindow }, limitMs) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents === undefined || !runtime.isPackaged) throw new Error('no release');
        const shown = new Promise<boolean>((resolve) => {
          contents.once('devtools-opened', () => resolve(true));
          setTimeout(() => resolve(contents.isDevToolsOpened()), limitMs);
        });
        contents.openDevTools();
        return shown;
      }, timeoutMs),
    );
  } finally {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isInDepth)
  describe.runIf(process.platform === 'linux')('12: the developer tools', () => {
    test('do not open in a release', async () => {
      expect(await toolsOpen([])).toBe(false);
    });

    test('open in one that is built with them', async () => {
      expect(await toolsOpen(planted('tools-in-a-release').changes, 45_000)).toBe(true);
    });
  });

describe.runIf(process.platform === 'linux')('36: no start where certificates would not be checked', () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };

  if (isInSample)
    test('refused', async () => {
      const started = await start({ env, args: ['--verify'] }, () => false);
      expect(started.code, started.said).toBe(2);
      expect(started.said).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
    });

  if (isInDepth)
    test('without the refusal it starts', async () => {
      const started = await start(
        { env, args: ['--verify'], undone: planted('release-without-certificates').changes },
        () => false,
      );
      expect(started.code, started.said).not.toBe(2);
    });
});
