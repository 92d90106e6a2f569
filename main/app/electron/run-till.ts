import type * as Electron from 'electron';
import { backupFolder, liveFolder } from '../../kernel/folders.ts';
import { createTimeouts } from '../../kernel/timeouts.ts';
import {
  type BackupWorld,
  checkHere,
  createRestoreRoom,
  createWorkerIntegrity,
  freeBytes,
  type RestoreRoomParts,
} from '../../safety/index.ts';
import { createTillUse, type Updates } from '../../updates/index.ts';
import { createHandlers } from '../handlers.ts';
import { hostProtocol } from '../host-protocol.ts';
import { createDispatch } from '../ipc/dispatch.ts';
import { createPusher } from '../ipc/pusher.ts';
import { liveConfig } from '../live-account.ts';
import { readStation } from '../support/station.ts';
import type { Till } from '../till.ts';
import type { ExportWorld, ReceiptWorld, World } from '../world.ts';
import { APP_ORIGIN } from './app-url.ts';
import { accountConflict, type ComposedWorld, composeTill, enterFolder } from './compose-till.ts';
import { createCustomerWindow } from './customer-window.ts';
import { watchNetwork, watchPower } from './events.ts';
import { createFileSaver, createPickedPlace, createSavePlace } from './file-saver.ts';
import type { Front } from './front.ts';
import { createFilePicker, createFolderPicker } from './pickers.ts';
import { createQuit } from './quit.ts';
import { createReceiptCanvas, createSheetPdf } from './receipt-canvas.ts';
import { type DryRunParts, dryRunProvisioning, importProvisioning, printReport } from './run-provision.ts';
import type { SystemNetwork } from './system-network.ts';
import { composeSupport, placeOf, placeWarnings } from './till-support.ts';
import { composeTrial } from './till-trial.ts';
import { composeUpdates, startAgain } from './till-updates.ts';
import type { TillWindow } from './till-window.ts';
import type { UserNotes } from './user-notes.ts';

export interface Shell {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly paths: {
    readonly preload: string;
    /** For the customer display. */
    readonly customerPreload: string;
    readonly renderer: string;
    readonly icon: string;
    /** Written when the program is packaged. */
    readonly licences: string;
    /** The worker's file that verifies databases. */
    readonly integrityWorker: string;
    /** The worker's file that writes exports. */
    readonly recordsWorker: string;
  };
  /** A provisioning file to import first. */
  readonly provision: string | null;
  /** About other users of this computer. */
  readonly notes: UserNotes;
  /** The window, already open where nothing must be checked before. */
  readonly front: Front;
  /** Arguments that the next start must have, too. */
  readonly args: readonly string[];
}

type TillWorld = Omit<World, 'changed' | 'onDamaged' | 'backups' | 'network'> & {
  readonly network: SystemNetwork;
};

/** For an attempt under way when the window is closed. */
const QUIT_GRACE_MS = 5_000;

export async function runTill(world: TillWorld, shell: Shell): Promise<void> {
  const { electron, paths } = shell;
  const { logger } = world;
  shell.front.logger.goTo(logger);
  const { lock, settled } = await enterFolder(world, electron.app.getVersion());
  const { window, entrance } = shell.front;
  const contents = () => window.current()?.webContents ?? null;
  const backups: BackupWorld = {
    folder: backupFolder(world.folder),
    integrity: createWorkerIntegrity(paths.integrityWorker, checkHere, logger),
    disk: { free: freeBytes },
    picker: createFolderPicker(electron.dialog, () => window.current()),
    timeouts: createTimeouts(world.clock),
  };
  const updates: Updates | null = composeUpdates({
    ...world,
    ...shell,
    // After any error, too: a program is started again.
    close: () => Promise.allSettled([window.end(), till.stop(QUIT_GRACE_MS)]),
    found: settled.notice,
    ...composeTrial({
      ...world,
      ...shell,
      backups,
      lock,
      isLiveOpen: () => till.session()?.mode === 'live',
    }),
    closeAndRun: (work) => (updates === null ? work() : till.closeAndRun(updates.status(), work)),
    onChange: () => {
      const status = updates?.status();
      // Without an open till nothing else informs the person who waits.
      if (status?.state === 'installing' && till.session() === null) till.updating(status);
      else till.changed('update');
    },
  });
  const customer = createCustomerWindow({
    ...world,
    ...shell,
    tillWindow: window.current,
    isWanted: readStation(world.folder).customerDisplay,
  });
  const use = createTillUse();
  const placed = { ...world, use, place: placeOf(world.folder), customerScreen: customer };
  const updated = updates === null ? placed : { ...placed, updates };
  shell.front.quitsBy(createQuit({ use, updates, logger, quit: () => electron.app.quit() }));
  const isFree = lock.problem() === null;
  const picked = createPickedPlace(electron.shell);
  const receipts: ReceiptWorld = {
    canvas: createReceiptCanvas({ electron, logger, window: window.current }),
    saver: createFileSaver({ ...electron, random: world.random, window: window.current, picked }),
  };
  const exports: ExportWorld = {
    place: createSavePlace({ ...electron, window: window.current, picked }),
    recordsWorker: paths.recordsWorker,
    sheetPdf: createSheetPdf({ electron, logger, window: window.current }),
  };
  const reportPicker = createFilePicker(electron.dialog, window.current, 'json');
  const till = composeTill(
    { ...updated, backups, receipts, exports, reportPicker },
    { notes: shell.notes, lock },
    createPusher({ contents, logger }),
  );
  shell.front.isOf(till);
  const answerBy = createDispatch({
    handlers: createHandlers(
      {
        ...updated,
        ...settled,
        till,
        protocol: hostProtocol,
        door: window.closing,
        showSaved: picked.show,
        startAnew: () => {
          if (lock.problem() === null) return false;
          startAgain(electron);
          return true;
        },
      },
      [
        ...composeSupport({
          ...world,
          ...shell,
          window: window.current,
          kiosk: window.kiosk,
          customerDisplay: customer,
          shown: till.snapshot,
          picked,
        }),
        createRestoreRoom({ ...restoreParts(world, backups), till }),
      ],
    ),
    allowedOrigin: APP_ORIGIN,
    logger,
    random: world.random,
  });
  // Answering while a till is being opened costs the page a second message a second later.
  void till.hasSomething.then(() => entrance.answerBy(answerBy));
  endWithTheWindow(electron, till, window, updated);
  // A call that hangs on a lost share would keep the process running.
  electron.app.on('quit', () => {
    if (backups.timeouts.isBusy()) process.kill(process.pid, 'SIGKILL');
  });
  watchTheWorld(electron, till, updated);
  // An installed till is complete, with the PIN of its file, before anybody sees it.
  const openTill = await provisioned(till, world, shell);
  const open = async () => {
    await Promise.race([shell.front.loading.hasScript, window.open().catch(() => undefined)]);
    // Another program works on this data and may be sending: it is not replaced.
    const own = isFree ? updates : null;
    // The new program opens the till.
    if (till.session() === null && (await own?.installAtStart())) return;
    await openTill();
    own?.start();
  };
  // The window first: it shows that an update is migrating records.
  await Promise.all([window.open(), open()]);
}

const restoreParts = (world: TillWorld, backups: BackupWorld): Omit<RestoreRoomParts, 'till'> => ({
  ...world,
  ...backups,
  machine: world.machine ?? null,
  protocol: hostProtocol,
  liveFolder: liveFolder(world.folder),
  backupFolder: backups.folder,
});

/** Imports a provisioning file; the result opens the till unless the import has. */
async function provisioned(
  till: Till,
  world: TillWorld,
  { provision: file, notes }: Shell,
): Promise<() => Promise<void>> {
  // Shown on the first screen only: a till that exists here is not concerned.
  if (file === null) return () => till.start(notes.problem() ?? undefined);
  const report = await importProvisioning(file, till, world, placeWarnings(world.folder));
  printReport(report);
  if (till.session() !== null) return () => Promise.resolve();
  return () => till.start(report.problem ?? undefined);
}

/** `--provision=FILE --dry-run`, also beside a running till. Resolves to the exit code. */
export async function dryRun(
  { folder, headCopyFolder, clock }: Pick<World, 'folder' | 'headCopyFolder' | 'clock'>,
  file: string,
  parts: Pick<DryRunParts, 'keyringProblem'> & { readonly notes: UserNotes },
): Promise<number> {
  const report = await dryRunProvisioning(file, {
    ...parts,
    clock,
    accountProblem: (config) => accountConflict({ folder, headCopyFolder }, parts.notes, config),
    liveConfig: () => liveConfig(folder),
    warnings: placeWarnings(folder),
  });
  return printReport(report);
}

/** `--provision=FILE --no-window`. Resolves to the exit code. */
export async function runProvisioning(
  world: ComposedWorld,
  file: string,
  { notes, appVersion }: { readonly notes: UserNotes; readonly appVersion: string },
): Promise<number> {
  const { lock } = await enterFolder(world, appVersion);
  const till = composeTill(world, { notes, lock }, () => true);
  try {
    return printReport(await importProvisioning(file, till, world, placeWarnings(world.folder)));
  } finally {
    await till.stop(QUIT_GRACE_MS);
  }
}

function endWithTheWindow(
  { app }: typeof Electron,
  till: Till,
  window: TillWindow,
  { updates, logger }: TillWorld,
): void {
  let ended = false;
  app.on('window-all-closed', () => app.quit());
  // Windows reports the end of the session to windows only.
  window.current()?.on('session-end', () => updates?.stop());
  app.on('browser-window-created', (_, made) => made.on('session-end', () => updates?.stop()));
  app.on('before-quit', (event) => {
    updates?.stop();
    if (ended) return;
    event.preventDefault();
    void Promise.all([window.end(), till.stop(QUIT_GRACE_MS)]).finally(() => {
      ended = true;
      logger.info('till.closed');
      app.quit();
    });
  });
}

function watchTheWorld({ powerMonitor, net }: typeof Electron, till: Till, world: TillWorld): void {
  watchPower(powerMonitor, {
    onSuspend: () => {
      world.logger.info('power.suspend');
      till.session()?.left();
    },
    onLockScreen: () => till.session()?.left(),
    onShutdown: () => world.updates?.stop(),
    onResume: () => {
      world.logger.info('power.resume');
      till.wokeUp();
    },
  });
  watchNetwork(net, world.clock, (online) => {
    world.logger.info('network.changed', { online });
    if (online) till.session()?.networkBack();
  });
}
