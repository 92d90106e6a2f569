import { execFile } from 'node:child_process';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppUpdater, MacUpdater, NsisUpdater } from 'electron-updater';
import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Logger } from '../ports.ts';
import { isWhatWasSigned } from '../updates/file-hash.ts';
import type { Installer, Prepared } from '../updates/installer.ts';
import { isPublishedBy, PUBLISHER_COMMAND, PUBLISHER_FILE } from '../updates/publisher.ts';
import type { ReleaseFile } from '../updates/release-list.ts';

export interface SystemInstallerParts {
  readonly kind: 'nsis' | 'mac-zip';
  /** Of its own: electron-updater keeps its copy there. */
  readonly folder: string;
  readonly version: string;
  readonly logger: Logger;
  /** Whose certificate an installer for Windows must carry; empty: nobody's will do. */
  readonly publisher: string;
  /** What Windows says of a file; null where it says nothing. */
  readonly askWindows?: (path: string) => Promise<string | null>;
}

const PATIENCE_MS = 20_000;

const askPowerShell = (path: string): Promise<string | null> =>
  new Promise((resolve) => {
    const env = { ...process.env, PSModulePath: '', [PUBLISHER_FILE]: path };
    const args = ['-NoProfile', '-NonInteractive', '-Command', PUBLISHER_COMMAND];
    execFile('powershell.exe', args, { env, timeout: PATIENCE_MS }, (error, said) =>
      resolve(error === null ? said : null),
    );
  });

/** The one file that is there to be had; nothing of it is asked of a network. */
const providerOf = (file: ReleaseFile, version: string) => {
  const sha512 = Buffer.from(file.sha512, 'hex').toString('base64');
  const info = { url: file.name, sha512, size: file.size };
  return class {
    readonly isUseMultipleRangeRequest = false;
    readonly fileExtraDownloadHeaders = null;
    setRequestHeaders(): void {}
    getLatestVersion = () =>
      Promise.resolve({ version, files: [info], path: file.name, sha512, releaseDate: '' });
    resolveFiles = () => [{ url: new URL(file.name, 'https://nowhere.invalid/'), info }];
  };
};

/** The program as electron-updater sees it: it neither asks Electron nor ends anything. */
const appOf = ({ folder, version }: SystemInstallerParts) => ({
  ...{ version, name: 'counterfoil', isPackaged: true, baseCachePath: folder, userDataPath: folder },
  appUpdateConfigPath: join(folder, 'app-update.yml'),
  whenReady: () => Promise.resolve(),
  relaunch: () => undefined,
  quit: () => undefined,
  onQuit: () => undefined,
});

/** It would do much of this otherwise: each of these is set, whatever its default. */
function tame(updater: AppUpdater, from: string, logger: Logger): void {
  const say = (level: 'info' | 'warn') => (words?: unknown) =>
    logger[level]('update.installer', { words: String(words).slice(0, 500) });
  Object.assign(updater, {
    ...{ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false, allowPrerelease: false },
    ...{ disableWebInstaller: true, disableDifferentialDownload: true },
    logger: { info: say('info'), warn: say('warn'), error: say('warn') },
    // In place of the network: the file that was brought and checked.
    httpExecutor: { download: (_: URL, to: string) => copyFile(from, to) },
  });
}

async function updaterOf(parts: SystemInstallerParts, version: string, file: ReleaseFile, from: string) {
  const { MacUpdater: Mac, NsisUpdater: Nsis } = await import('electron-updater');
  const options = { provider: 'custom' as const, updateProvider: providerOf(file, version) };
  const updater: MacUpdater | NsisUpdater =
    parts.kind === 'nsis' ? new Nsis(options, appOf(parts)) : new Mac(options, appOf(parts));
  tame(updater, from, parts.logger);
  if (parts.kind === 'nsis') {
    const { askWindows = askPowerShell, publisher } = parts;
    Object.assign(updater, {
      verifyUpdateCodeSignature: async (_: unknown, path: string) =>
        isPublishedBy(publisher, await askWindows(path)) ? null : 'not of our publisher',
    });
  }
  return updater;
}

/** Starts the system's installer, which waits until the program has ended and starts the new one. */
async function start(updater: AppUpdater, kind: SystemInstallerParts['kind']): Promise<boolean> {
  const failed = new Promise<boolean>((resolve) => updater.once('error', () => resolve(false)));
  if (kind === 'nsis') {
    // Silently, and the program is started afterwards. A program that cannot be started says so a turn later.
    const begun = (updater as NsisUpdater).install(true, true);
    const later = new Promise<boolean>((resolve) => setImmediate(() => setImmediate(resolve, begun)));
    return Promise.race([failed, later]);
  }
  // Squirrel takes the file over first; it ends the program by itself.
  const { autoUpdater } = await import('electron');
  const taken = new Promise<boolean>((resolve) => autoUpdater.once('update-downloaded', () => resolve(true)));
  updater.quitAndInstall();
  return Promise.race([failed, taken]);
}

/**
 * Windows' and macOS's own way, through electron-updater as a thin shell: it is given the one file that this program has
 * brought and checked, and nothing else. Whatever it takes for optional (a publisher, a hash, a moment) is not.
 */
export const createSystemInstaller = (parts: SystemInstallerParts): Installer => ({
  asksForAdministrator: false,
  prepare: async (path, file): Promise<Result<Prepared>> => {
    const { folder, kind, logger } = parts;
    if (!(await isWhatWasSigned(path, file))) return err(appError('update-file-changed'));
    try {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Without a publisher in it electron-updater does not ask for one.
      const config = { updaterCacheDirName: 'copy', publisherName: [parts.publisher] };
      await writeFile(join(folder, 'app-update.yml'), JSON.stringify(config));
      // By the list its version is newer; here it only must not be the same.
      const updater = await updaterOf(parts, '99999.0.0', file, path);
      await updater.checkForUpdates();
      const [copy = ''] = await updater.downloadUpdate();
      return ok({
        commit: async () => {
          if (!(await isWhatWasSigned(copy, file))) return err(appError('update-file-changed'));
          return (await start(updater, kind)) ? ok('starts-by-itself') : err(appError('update-failed'));
        },
        discard: () => rm(folder, { recursive: true, force: true }),
      });
    } catch (thrown) {
      logger.warn('update.installer', { words: String(thrown).slice(0, 500) });
      return err(appError('update-failed'));
    }
  },
});
