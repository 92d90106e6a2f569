import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppUpdater, MacUpdater } from 'electron-updater';
import { appError, err, ok, type Result } from '../../../preload/contract/index.ts';
import type { Logger } from '../../kernel/ports.ts';
import { type Installer, isWhatWasSigned, type Prepared, type ReleaseFile } from '../../updates/index.ts';

export interface SystemInstallerParts {
  /** Exclusive: electron-updater stores its copy there. */
  readonly folder: string;
  readonly version: string;
  readonly logger: Logger;
  readonly squirrel?: () => Promise<Squirrel>;
}

/** macOS' installer. */
export interface Squirrel {
  readonly Updater: new (...args: ConstructorParameters<typeof MacUpdater>) => AppUpdater;
  /** Resolves once it has taken the update. */
  readonly taken: () => Promise<true>;
}

const theSystems = async (): Promise<Squirrel> => {
  const [{ MacUpdater: Updater }, { autoUpdater }] = await Promise.all([
    import('electron-updater'),
    import('electron'),
  ]);
  return {
    Updater,
    taken: () => new Promise((resolve) => autoUpdater.once('update-downloaded', () => resolve(true))),
  };
};

/** The only file on offer; no network is asked. */
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

/** The app as electron-updater sees it; it ends nothing. */
const appOf = ({ folder, version }: SystemInstallerParts) => ({
  version,
  name: 'counterfoil',
  isPackaged: true,
  baseCachePath: folder,
  userDataPath: folder,
  appUpdateConfigPath: join(folder, 'app-update.yml'),
  whenReady: () => Promise.resolve(),
  relaunch: () => undefined,
  quit: () => undefined,
  onQuit: () => undefined,
});

/** Sets every option, whatever its default. */
function tame(updater: AppUpdater, from: string, logger: Logger): void {
  const say = (level: 'info' | 'warn') => (words?: unknown) =>
    logger[level]('update.installer', { words: String(words).slice(0, 500) });
  Object.assign(updater, {
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    allowPrerelease: false,
    disableWebInstaller: true,
    disableDifferentialDownload: true,
    logger: { info: say('info'), warn: say('warn'), error: say('warn') },
    // Instead of the network: the verified download.
    httpExecutor: { download: (_: URL, to: string) => copyFile(from, to) },
  });
}

/** Squirrel ends the program and starts the new one. */
async function start(updater: AppUpdater, { taken }: Squirrel): Promise<boolean> {
  const failed = new Promise<boolean>((resolve) => updater.once('error', () => resolve(false)));
  const begun = taken();
  updater.quitAndInstall();
  return Promise.race([failed, begun]);
}

/**
 * macOS' way, with electron-updater as a thin shell that gets only the verified file; what it treats as optional (a
 * hash, a moment) is required.
 */
export const createSystemInstaller = (parts: SystemInstallerParts): Installer => ({
  asksForAdministrator: false,
  prepare: async (path, file): Promise<Result<Prepared>> => {
    const { folder, logger, squirrel = theSystems } = parts;
    if (!(await isWhatWasSigned(path, file))) return err(appError('update-file-changed'));
    try {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, 'app-update.yml'), JSON.stringify({ updaterCacheDirName: 'copy' }));
      const system = await squirrel();
      // The list has compared versions; here it must only differ.
      const provider = { provider: 'custom' as const, updateProvider: providerOf(file, '99999.0.0') };
      const updater = new system.Updater(provider, appOf(parts));
      tame(updater, path, logger);
      await updater.checkForUpdates();
      const [copy = ''] = await updater.downloadUpdate();
      return ok({
        commit: async () => {
          if (!(await isWhatWasSigned(copy, file))) return err(appError('update-file-changed'));
          return (await start(updater, system)) ? ok('starts-by-itself') : err(appError('update-failed'));
        },
        discard: () => rm(folder, { recursive: true, force: true }),
      });
    } catch (thrown) {
      logger.warn('update.installer', { words: String(thrown).slice(0, 500) });
      return err(appError('update-failed'));
    }
  },
});
