import type * as Electron from 'electron';
import { backupFolder, liveFolder } from '../../kernel/folders.ts';
import { createPatience } from '../../kernel/patience.ts';
import { MEMBERS_FILE_ENDING } from '../../members/index.ts';
import {
  type BackupWorld,
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
import { checkHere, journalViews } from '../journal-views.ts';
import { liveConfig } from '../live-account.ts';
import { readStation } from '../support/station.ts';
import type { Till } from '../till.ts';
import type { ExportWorld, ReceiptWorld, World } from '../world.ts';
import { APP_ORIGIN } from './app-url.ts';
import { type ComposedWorld, composeTill, enterFolder, standsAgainst } from './compose-till.ts';
import { createCustomerWindow } from './customer-window.ts';
import { watchNetwork, watchPower } from './events.ts';
import { createFileSaver, createSavePlace } from './file-saver.ts';
import type { Front } from './front.ts';
import { createFilePicker, createFolderPicker } from './pickers.ts';
import { createQuit } from './quit.ts';
import { createReceiptCanvas } from './receipt-canvas.ts';
import { type DryRunParts, dryRunProvisioning, importProvisioning, sayReport } from './run-provision.ts';
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
    /** Of the customer's display. */
    readonly customerPreload: string;
    readonly renderer: string;
    readonly icon: string;
    /** Of what is shipped; written when the program is packaged. */
    readonly licences: string;
    /** What looks at a whole database in a thread of its own. */
    readonly integrityWorker: string;
    /** What writes exports, in another. */
    readonly recordsWorker: string;
  };
  /** A provisioning file to import first. */
  readonly provision: string | null;
  /** Of the other users of this computer. */
  readonly notes: UserNotes;
  /** The window, open already where nothing must be whole before it is seen. */
  readonly front: Front;
  /** What the next start of the program must be told as well. */
  readonly args: readonly string[];
}

type TillWorld = Omit<World, 'changed' | 'onOpening' | 'onDamaged' | 'backups' | 'network'> & {
  readonly network: SystemNetwork;
};

/** How long an attempt under way may still take when the window is closed. */
const QUIT_GRACE_MS = 5_000;

/** Opens the till and its window. */
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
    patience: createPatience(world.clock),
  };
  const updates: Updates | null = composeUpdates({
    ...world,
    ...shell,
    // Whatever cannot be closed: a program is started again.
    close: () => Promise.allSettled([window.end(), till.stop(QUIT_GRACE_MS)]),
    found: settled.told,
    ...composeTrial({
      ...world,
      ...shell,
      backups,
      lock,
      isLiveOpen: () => till.session()?.mode === 'live',
    }),
    giveWay: (work) => (updates === null ? work() : till.giveWay(updates.status(), work)),
    onChange: () => {
      const status = updates?.status();
      // Before a till is open nothing else tells the person who waits.
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
  const receipts: ReceiptWorld = {
    canvas: createReceiptCanvas({ electron, logger, window: window.current }),
    saver: createFileSaver({ ...electron, random: world.random, window: window.current }),
  };
  const exports: ExportWorld = {
    place: createSavePlace({ ...electron, window: window.current }),
    recordsWorker: paths.recordsWorker,
  };
  const reportPicker = createFilePicker(electron.dialog, window.current, 'json');
  const membersPicker = createFilePicker(electron.dialog, window.current, MEMBERS_FILE_ENDING, true);
  const till = composeTill(
    { ...updated, backups, receipts, exports, reportPicker, membersPicker },
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
        }),
        createRestoreRoom({ ...restoreParts(world, backups), till }),
      ],
    ),
    allowedOrigin: APP_ORIGIN,
    logger,
    random: world.random,
  });
  // A page that hears only that a till is being opened would have to hear of the till as well: that waits, for a second.
  void till.hasSomething.then(() => entrance.answerBy(answerBy));
  endWithTheWindow(electron, till, window, updated);
  // What hangs on a share that is gone would keep the process, with its window closed, for ever: it ends all the same.
  electron.app.on('quit', () => {
    if (backups.patience.isBusy()) process.kill(process.pid, 'SIGKILL');
  });
  watchTheWorld(electron, till, updated);
  // What is installed is whole, with the PIN of its file, before anybody sees it.
  const openTill = await provisioned(till, world, shell);
  const open = async () => {
    await Promise.race([shell.front.loading.hasScript, window.open().catch(() => undefined)]);
    // Another program works on this data: it may be sending, and so its program is not replaced under it.
    const own = isFree ? updates : null;
    // What is replaced now is opened by the program that comes after this one.
    if (till.session() === null && (await own?.installAtStart())) return;
    await openTill();
    own?.start();
  };
  // The window comes first: where an update has to put the records in order, it says so.
  await Promise.all([window.open(), open()]);
}

const restoreParts = (world: TillWorld, backups: BackupWorld): Omit<RestoreRoomParts, 'till'> => ({
  ...world,
  ...backups,
  machine: world.machine ?? null,
  protocol: hostProtocol,
  views: journalViews,
  liveFolder: liveFolder(world.folder),
  backupFolder: backups.folder,
});

/** Imports a provisioning file; what is returned opens the till, where that has not been done with it. */
async function provisioned(
  till: Till,
  world: TillWorld,
  { provision: file, notes }: Shell,
): Promise<() => Promise<void>> {
  // Told on the first screen alone: whoever has a till here already is not concerned.
  if (file === null) return () => till.start(notes.problem() ?? undefined);
  const report = await importProvisioning(file, till, world, placeWarnings(world.folder));
  sayReport(report);
  if (till.session() !== null) return () => Promise.resolve();
  return () => till.start(report.problem ?? undefined);
}

/** `--provision=FILE --dry-run`: looks beside a running till if need be. Resolves to the code to end with. */
export async function dryRun(
  { folder, headCopyFolder, clock }: Pick<World, 'folder' | 'headCopyFolder' | 'clock'>,
  file: string,
  parts: Pick<DryRunParts, 'keyringProblem'> & { readonly notes: UserNotes },
): Promise<number> {
  const report = await dryRunProvisioning(file, {
    ...parts,
    clock,
    accountProblem: (config) => standsAgainst({ folder, headCopyFolder }, parts.notes, config),
    liveConfig: () => liveConfig(folder),
    warnings: placeWarnings(folder),
  });
  return sayReport(report);
}

/** `--provision=FILE --no-window`: imports without a window. Resolves to the code to end with. */
export async function runProvisioning(
  world: ComposedWorld,
  file: string,
  { notes, appVersion }: { readonly notes: UserNotes; readonly appVersion: string },
): Promise<number> {
  const { lock } = await enterFolder(world, appVersion);
  const till = composeTill(world, { notes, lock }, () => true);
  try {
    return sayReport(await importProvisioning(file, till, world, placeWarnings(world.folder)));
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
  // Windows tells only windows that it ends the session.
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
    till.session()?.networkChanged(online);
  });
}
