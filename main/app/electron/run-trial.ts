import type * as Electron from 'electron';
import {
  appError,
  type ChannelName,
  channelNames,
  err,
  ok,
  type Result,
  type Snapshot,
} from '../../../preload/contract/index.ts';
import { plainVersion } from '../../updates/index.ts';
import { tryHere } from '../../updates/trial/index.ts';
import type { Handlers } from '../ipc/dispatch.ts';
import { registerIpc } from '../ipc/register.ts';
import { isLiveConfigured } from '../live-account.ts';
import { openLiveSession, openPracticeSession } from '../open-session.ts';
import { openSnapshot } from '../snapshot.ts';
import type { World } from '../world.ts';
import { APP_ORIGIN } from './app-url.ts';
import { guardAllContents } from './navigation-guard.ts';
import { serveApp } from './protocol.ts';
import { printAnswer, silent } from './run-rehearsal.ts';
import { applySessionPolicy } from './session-policy.ts';
import { loadPage, windowOptions } from './window.ts';

export interface TrialShell {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly paths: { readonly preload: string; readonly renderer: string; readonly icon: string };
}

type TrialWorld = Omit<World, 'changed' | 'onDamaged' | 'backups' | 'updates' | 'logger'>;

const bounds = { x: 0, y: 0, width: 1_280, height: 800 };

/** The page may get its snapshot and report that it has drawn it; everything else is refused. */
function handlersOf(shown: Snapshot, drawn: () => void): Handlers {
  const refused = async (): Promise<Result<never>> => err(appError('not-set-up'));
  const handlers = channelNames.map((name): [ChannelName, unknown] => [name, refused]);
  return {
    ...(Object.fromEntries(handlers) as unknown as Handlers),
    'app:snapshot': async () => ok(shown),
    'app:drawn': async () => {
      drawn();
      return ok({});
    },
  };
}

/** Loads the page into a hidden window and waits until it has drawn the till. */
function drawing({ electron, release, paths }: TrialShell, random: TrialWorld['random']) {
  return (shown: Snapshot): Promise<string | null> =>
    new Promise((resolve) => {
      const window = new electron.BrowserWindow(
        windowOptions({
          preloadPath: paths.preload,
          iconPath: paths.icon,
          appName: electron.app.getName(),
          release,
          dark: false,
          bounds,
          maximised: false,
        }),
      );
      const contents = window.webContents;
      registerIpc({
        ipcMain: electron.ipcMain,
        isTillWindow: (sender) => sender === contents,
        handlers: handlersOf(shown, () => resolve(null)),
        allowedOrigin: APP_ORIGIN,
        logger: silent,
        random,
      });
      contents.on('preload-error', (_, __, error) => resolve(`preload: ${error.message.slice(0, 200)}`));
      contents.on('render-process-gone', (_, { reason }) => resolve(`its process is gone: ${reason}`));
      window.on('closed', () => resolve('it was closed'));
      loadPage(window).catch((thrown: unknown) => resolve(`not loaded: ${String(thrown).slice(0, 200)}`));
    });
}

/**
 * Ends this program with the one that started it: without it nobody rolls back. It holds stdin open; on Windows stdin
 * is closed from the beginning, and the job object ends this program.
 */
function endWithWhoeverWaits({ app }: typeof Electron): void {
  if (process.platform !== 'win32') process.stdin.on('end', () => app.exit(1)).resume();
}

/** `--trial=FOLDER`: see `main/updates/trial/trial.ts`. Resolves to the exit code. */
export async function runTrial(world: TrialWorld, shell: TrialShell): Promise<number> {
  const { electron, release, paths } = shell;
  const { app } = electron;
  endWithWhoeverWaits(electron);
  guardAllContents(app, { logger: silent, openLink: () => undefined });
  applySessionPolicy(electron.session.defaultSession, { release, logger: silent });
  serveApp(electron.protocol, paths.renderer);
  const opening: World = { ...world, logger: silent, changed: () => undefined };
  const draw = drawing(shell, world.random);
  const answer = await tryHere({
    folder: world.folder,
    version: plainVersion(app.getVersion()),
    // The practice store is tried where there is no live till.
    open: () =>
      isLiveConfigured(world.folder) ? openLiveSession(opening) : openPracticeSession(opening, 'UTC'),
    draw: (till) => draw({ ...openSnapshot(till), closing: 0, revision: 1 }),
  });
  return printAnswer(answer);
}
