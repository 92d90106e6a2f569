import { execFile } from 'node:child_process';
import { join, win32 } from 'node:path';
import type * as Electron from 'electron';
import type { Result } from '../../../preload/contract/index.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { askPowerShell } from '../../kernel/power-shell.ts';
import { freeBytes } from '../../safety/index.ts';
import {
  createAppImageInstaller,
  createDebInstaller,
  createSideBySideInstaller,
  createUpdates,
  type FeedOf,
  feedOf,
  type Installed,
  type Installer,
  installedAs,
  launcherOf,
  type Place,
  PRODUCT,
  type Prepared,
  PUBLISHER_COMMAND,
  PUBLISHER_FILE,
  plainVersion,
  type Replaced,
  startedAppImage,
  startedBy,
  type Updates,
  type UpdatesParts,
  WINDOWS_PUBLISHER,
} from '../../updates/index.ts';
import type { NewProgram } from '../../updates/trial/index.ts';
import { ownPlace } from './own-place.ts';
import { createSystemInstaller } from './system-installer.ts';
import { openSession } from './system-network.ts';

export interface TillUpdatesParts extends Pick<UpdatesParts, 'beforeInstall' | 'found' | 'onChange'> {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Ends all work on the till's data. */
  readonly close: () => Promise<unknown>;
  /** Closes the open till for the work; after an error it opens again. */
  readonly closeAndRun: (work: () => Promise<Result<unknown>>) => Promise<Result<unknown>>;
  /** Tries the new version on the till's data and installs it if it is ready. */
  readonly tryOut: (next: NewProgram) => Promise<Result<unknown>>;
}

/** Waits without a limit by default. */
const runProgram = (program: string, args: readonly string[], limitMs = 0): Promise<number | null> =>
  new Promise((resolve) => {
    execFile(program, [...args], { timeout: limitMs, windowsHide: true }, (error) => {
      if (error === null) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : null);
    });
  });

const PUBLISHER_TIMEOUT_MS = 20_000;

const askWindows = (path: string): Promise<string | null> =>
  askPowerShell(PUBLISHER_COMMAND, { [PUBLISHER_FILE]: path }, PUBLISHER_TIMEOUT_MS);

function installerFor(kind: Installed['kind'], place: Place, parts: TillUpdatesParts): Installer {
  const { random, folder, electron, logger } = parts;
  if (kind === 'appimage') return createAppImageInstaller({ program: startedAppImage(place) ?? '', random });
  if (kind === 'deb') return createDebInstaller({ run: runProgram, isRoot: process.getuid?.() === 0 });
  if (kind === 'nsis')
    return createSideBySideInstaller({
      ...place,
      root: win32.dirname(launcherOf(place) ?? ''),
      publisher: WINDOWS_PUBLISHER,
      askWindows,
      run: runProgram,
      freeBytes,
    });
  return createSystemInstaller({
    logger,
    version: plainVersion(electron.app.getVersion()),
    folder: join(folder, 'updates', 'installer'),
  });
}

/** A session with the system's proxy and certificates. */
function feedSession(electron: typeof Electron): UpdatesParts['feed']['fetch'] {
  const own = openSession(electron, 'updates');
  return (url, init) => own.fetch(url, init);
}

function startAnew({ app }: typeof Electron, place: Place): void {
  const program = startedBy(place);
  // An import must not happen twice.
  const args = process.argv.slice(1).filter((argument) => !argument.startsWith('--provision='));
  app.relaunch({ args, ...(program === null ? {} : { execPath: program }) });
}

export function startAgain(electron: typeof Electron): void {
  startAnew(electron, ownPlace());
  electron.app.quit();
}

/** The till stays closed: whatever becomes of the new program, one is started. */
async function replaceUntried(
  { electron, logger, close }: TillUpdatesParts,
  place: Place,
  commit: Prepared['commit'],
): Promise<Replaced> {
  await close();
  const done = await commit();
  if (!done.ok) logger.error('update.not-put-in-place', { code: done.error.code, ...done.error.details });
  if (!done.ok || done.value === 'start-again') startAnew(electron, place);
  electron.app.quit();
  return { result: done, goesOn: false };
}

/** A version that can run before it is in place is tried first; if it fails, this program continues. */
const replacing =
  (parts: TillUpdatesParts, place: Place): UpdatesParts['replace'] =>
  async ({ prepared: { program }, commit, ...next }) => {
    if (program === undefined) return replaceUntried(parts, place, commit);
    const result = await parts.closeAndRun(() => parts.tryOut({ ...next, program, commit }));
    if (!result.ok) return { result, goesOn: true };
    startAnew(parts.electron, place);
    parts.electron.app.quit();
    return { result, goesOn: false };
  };

function composed(parts: TillUpdatesParts, feed: FeedOf, place: Place): Updates | null {
  const { electron, folder, clock } = parts;
  const kind = installedAs(place);
  if (kind === null) return null;
  const version = plainVersion(electron.app.getVersion());
  const { platform, arch } = process;
  return createUpdates({
    ...parts,
    installed: { product: PRODUCT, version, platform, arch, kind },
    keys: feed.keys,
    feed: { url: feed.url, fetch: feedSession(electron), clock },
    folder: join(folder, 'updates'),
    freeBytes,
    installer: installerFor(kind, place, parts),
    replace: replacing(parts, place),
  });
}

/** Null where the program has no updates; the log has the reason. */
export function composeUpdates(parts: TillUpdatesParts): Updates | null {
  const { electron, release, logger } = parts;
  const feed = feedOf(release, process.env);
  const updates = feed === null ? null : composed(parts, feed, ownPlace());
  if (updates === null)
    logger.info('update.off', { hasFeed: feed !== null, packaged: electron.app.isPackaged });
  return updates;
}
