import type * as Electron from 'electron';
import { type AppError, appError, err, ok } from '../../preload/contract/index.ts';
import { freeBytes } from '../backups/disk-space.ts';
import { createRestoreRoom, type RestoreRoomParts } from '../backups/restore-room.ts';
import { hostProtocol, openLiveSession, openPracticeSession, type World } from '../compose.ts';
import type { BackupWorld } from '../compose-core.ts';
import { takeProcessLock } from '../database/process-lock.ts';
import { backupFolder, liveFolder } from '../folders.ts';
import { createWorkerIntegrity } from '../integrity/worker-integrity.ts';
import { createPusher } from '../ipc/pusher.ts';
import { registerIpc } from '../ipc/register.ts';
import { accountProblem, configureLive, isLiveConfigured } from '../live-account.ts';
import type { Logger } from '../ports.ts';
import { readStation } from '../support/station.ts';
import { isDataMissing } from '../till/data-missing.ts';
import { createHandlers } from '../till/handlers.ts';
import { type Provisioned, provision } from '../till/provision.ts';
import type { Session } from '../till/session.ts';
import { createTill, type Till } from '../till/till.ts';
import { APP_ORIGIN } from './app-url.ts';
import { watchNetwork, watchPower } from './events.ts';
import { createLinkOpener } from './external-links.ts';
import { createFolderPicker } from './folder-picker.ts';
import { applyMenu } from './menu.ts';
import { guardAllContents } from './navigation-guard.ts';
import { createPrinter } from './printer.ts';
import { serveApp } from './protocol.ts';
import { applySessionPolicy } from './session-policy.ts';
import { composeSupport } from './till-support.ts';
import { composeUpdates } from './till-updates.ts';
import { createTillWindow, type TillWindow } from './till-window.ts';
import type { UserNotes } from './user-notes.ts';

export interface Shell {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly paths: {
    readonly preload: string;
    readonly renderer: string;
    readonly icon: string;
    /** Of what is shipped; written when the program is packaged. */
    readonly licences: string;
    /** What looks at a whole database in a thread of its own. */
    readonly integrityWorker: string;
  };
  /** A provisioning file to import first. */
  readonly provision: string | null;
  /** Of the other users of this computer. */
  readonly notes: UserNotes;
  /** `--kiosk`: this once, whatever is set. */
  readonly kiosk: boolean;
  /** What the next start of the program must be told as well. */
  readonly args: readonly string[];
}

type TillWorld = Omit<World, 'changed' | 'onOpening' | 'backups'>;

/** How long an attempt under way may still take when the window is closed. */
const QUIT_GRACE_MS = 5_000;

/** Opens the till and its window. */
export async function runTill(world: TillWorld, shell: Shell): Promise<void> {
  const { electron, release, paths } = shell;
  const { logger } = world;
  guardAllContents(electron.app, { logger, openLink: createLinkOpener(electron.shell, logger) });
  applySessionPolicy(electron.session.defaultSession, { release, logger });
  applyMenu(electron.Menu, process.platform);
  serveApp(electron.protocol, paths.renderer);

  const contents = () => window.current()?.webContents ?? null;
  const backups: BackupWorld = {
    folder: backupFolder(world.folder),
    integrity: createWorkerIntegrity(paths.integrityWorker, logger),
    disk: { free: freeBytes },
    picker: createFolderPicker(electron.dialog, () => window.current()),
  };
  const updates = composeUpdates({
    ...{ ...world, ...shell },
    beforeInstall: async () => ok({}),
    // Whatever cannot be closed: a program is started again.
    close: () => Promise.allSettled([window.end(), till.stop(QUIT_GRACE_MS)]),
    onChange: () => till.changed('update'),
  });
  const updated = updates === null ? world : { ...world, updates };
  const till = composeTill({ ...updated, backups }, shell.notes, createPusher({ contents, logger }));
  const kiosk = shell.kiosk || readStation(world.folder).kiosk;
  const window = createTillWindow({ ...world, ...shell, till, kiosk });
  registerIpc({
    ipcMain: electron.ipcMain,
    isTillWindow: (sender) => sender === contents(),
    handlers: createHandlers(
      { ...updated, till, protocol: hostProtocol, door: window.closing, printer: createPrinter(contents) },
      [
        ...composeSupport({
          ...{ ...world, ...shell, window: window.current },
          ...{ kiosk: window.kiosk, shown: till.snapshot },
        }),
        createRestoreRoom({ ...restoreParts(world, backups), till }),
      ],
    ),
    allowedOrigin: APP_ORIGIN,
    logger,
    random: world.random,
  });
  endWithTheWindow(electron, till, window, updated);
  watchTheWorld(electron, till, updated);
  // What is installed is whole, with the PIN of its file, before anybody sees it.
  const openTill = await provisioned(till, world, shell);
  const open = async () => {
    // What is replaced now is opened by the program that comes after this one.
    if (till.session() === null && (await updates?.installAtStart())) return;
    await openTill();
    updates?.start();
  };
  // The window comes first: where an update has to put the records in order, it says so.
  await Promise.all([window.open(), open()]);
}

const restoreParts = (world: TillWorld, backups: BackupWorld): Omit<RestoreRoomParts, 'till'> => ({
  ...{ ...world, ...backups, machine: world.machine ?? null, protocol: hostProtocol },
  liveFolder: liveFolder(world.folder),
  backupFolder: backups.folder,
});

function composeTill(
  world: Omit<World, 'changed' | 'onOpening'>,
  notes: UserNotes,
  push: Parameters<typeof createTill>[0]['onChanges'],
): Till {
  const lock = takeProcessLock(`${world.folder}/till.lock`);
  const locked = lock.ok ? null : lock.error;
  const changed: Till['changed'] = (...topics) => till.changed(...topics);
  const onOpening: World['onOpening'] = (progress) => till.opening(progress);
  const storeTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const otherUser = () => (isLiveConfigured(world.folder) ? null : notes.problem());
  const isMissing = () => isDataMissing(world.folder, world.headCopyFolder);
  // One drainer: without the lock nothing is opened, whatever holds it.
  const till: Till = createTill({
    ...world,
    onChanges: push,
    open: {
      locked: () => locked,
      live: async () => {
        if (locked !== null) return err(locked);
        if (isMissing()) return err(appError('data-missing'));
        const opened = await openLiveSession({ ...world, changed, onOpening });
        if (opened.ok) notes.tell(opened.value?.config.tillName ?? null);
        return opened;
      },
      practice: async () =>
        locked === null ? openPracticeSession({ ...world, changed, onOpening }, storeTimeZone) : err(locked),
      accountProblem: (config) =>
        isMissing()
          ? appError('data-missing')
          : (locked ?? otherUser() ?? accountProblem(world.folder, config)),
      isLiveConfigured: () => isLiveConfigured(world.folder),
      configureLive: (config, journalKey) => locked ?? configureLive(world.folder, config, journalKey),
    },
  });
  return till;
}

/** Imports a provisioning file; what is returned opens the till, where that has not been done with it. */
async function provisioned(
  till: Till,
  world: TillWorld,
  { provision: file, notes }: Shell,
): Promise<() => Promise<void>> {
  // Told on the first screen alone: whoever has a till here already is not concerned.
  if (file === null) return () => till.start(notes.problem() ?? undefined);
  const imported = await provision(file, { ...world, ...till, protocol: hostProtocol });
  if (!imported.ok) {
    sayProvisioning(world.logger, imported.error);
    return () => till.start(imported.error);
  }
  if (imported.value === null) return () => till.start();
  await installed(till, imported.value);
  return () => Promise.resolve();
}

async function installed(till: Till, { managerPin, wipe }: Provisioned): Promise<void> {
  await till.openLive();
  const session = till.session();
  if (session === null) {
    // The screen says why. The file stays as it is, so that the import can be done again.
    process.stderr.write('Provisioning: the till does not open; the file was left as it is.\n');
    return;
  }
  session.noteProvisioned();
  if (managerPin !== null) await makeManagerPin(session, managerPin);
  if (!wipe()) process.stderr.write('Provisioning: imported, but the file could not be wiped. Delete it.\n');
}

/** The recovery code is shown once, to whoever installs the PC; it lies nowhere else. */
async function makeManagerPin({ managerPin }: Session, pin: string): Promise<void> {
  const made = await managerPin.provision(pin);
  if (made.ok) process.stdout.write(`Manager recovery code: ${made.value.recoveryCode}\n`);
  else process.stderr.write(`Provisioning: the manager PIN of the file was not used (${made.error.code}).\n`);
}

function sayProvisioning(logger: Logger, error: AppError): void {
  logger.error('provisioning.refused', { code: error.code, ...error.details });
  process.stderr.write(`Provisioning: ${error.code} ${Object.values(error.details ?? {}).join(' ')}\n`);
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
