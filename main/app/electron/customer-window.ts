import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import {
  CUSTOMER_CHANNEL,
  type CustomerShown,
  customerShownSchema,
} from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Clock, CustomerDisplay, CustomerScreen, Logger, Random } from '../../kernel/ports.ts';
import { CUSTOMER_URL } from './app-url.ts';
import { customersMonitor, isSamePlace, type Monitor, readMonitor, writeMonitor } from './display-place.ts';
import { reviveDead } from './page-revival.ts';
import { pagePreferences, paper } from './window.ts';

interface Parts {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly paths: { readonly customerPreload: string };
  readonly folder: string;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  readonly tillWindow: () => Electron.BrowserWindow | null;
  /** The setting of this computer. */
  readonly isWanted: boolean;
}

/** The customer's monitor, remembered over restarts. A convenience only: otherwise one is chosen. */
function createMemory({ folder, random, logger }: Pick<Parts, 'folder' | 'random' | 'logger'>) {
  const file = join(folder, 'customer-display.json');
  let kept: string | null = null;
  let written = Promise.resolve();
  const text = (): string => {
    try {
      kept ??= readFileSync(file, 'utf8');
    } catch {
      kept = '';
    }
    return kept;
  };
  const keep = (next: string): void => {
    if (next === text()) return;
    kept = next;
    written = written
      .then(() => writeFileAtomically(file, next, random.uuid()))
      .catch((thrown: unknown) => logger.warn('customer.monitor-not-kept', { error: String(thrown) }));
  };
  return {
    remembered: () => readMonitor(text()),
    remember: (monitor: Monitor) => keep(writeMonitor(monitor)),
    forget: () => keep('\n'),
  };
}

/** Display only: takes no focus and no input, and is in no list of windows. */
function makeWindow(parts: Parts, { bounds }: Monitor): Electron.BrowserWindow {
  const { electron, paths, release } = parts;
  const window = new electron.BrowserWindow({
    x: bounds.x,
    y: bounds.y,
    width: bounds.width,
    height: bounds.height,
    // Otherwise Windows' taskbar would cover it.
    fullscreen: process.platform === 'win32',
    show: false,
    frame: false,
    focusable: false,
    skipTaskbar: true,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    title: electron.app.getName(),
    backgroundColor: paper(electron.nativeTheme.shouldUseDarkColors),
    webPreferences: pagePreferences(paths.customerPreload, release),
  });
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

export type CustomerWindow = CustomerScreen & CustomerDisplay;

/**
 * Opens the customer display while a till is open, the display is wanted and its monitor is connected, and closes it
 * otherwise. The till's own window is never moved.
 */
export function createCustomerWindow(parts: Parts): CustomerWindow {
  const { electron, logger, tillWindow } = parts;
  const memory = createMemory(parts);
  let isWanted = parts.isWanted;
  let shown: CustomerShown | null = null;
  let window: Electron.BrowserWindow | null = null;
  let watched: Electron.BrowserWindow | null = null;
  let placed: Monitor['bounds'] | null = null;

  const publish = (): void => {
    if (window !== null && !window.isDestroyed() && shown !== null)
      window.webContents.send(CUSTOMER_CHANNEL, shown);
  };

  const close = (): void => {
    window?.destroy();
    window = null;
  };

  const open = (monitor: Monitor): void => {
    const made = makeWindow(parts, monitor);
    placed = monitor.bounds;
    const load = () => made.loadURL(CUSTOMER_URL);
    window = made;
    made.on('closed', () => {
      if (window === made) window = null;
    });
    made.once('ready-to-show', () => made.showInactive());
    made.webContents.on('did-finish-load', publish);
    reviveDead(made.webContents, { ...parts, load, isLeaving: () => window !== made });
    load().catch((thrown: unknown) => {
      if (window === made) logger.error('customer.not-loaded', { error: String(thrown) });
    });
    logger.info('customer.shown', { monitor: monitor.id });
  };

  const place = (till: Electron.BrowserWindow | null): Monitor | null => {
    if (!isWanted || shown === null || till === null || till.isDestroyed()) return null;
    return customersMonitor({
      monitors: electron.screen.getAllDisplays(),
      primaryId: electron.screen.getPrimaryDisplay().id,
      till: till.getBounds(),
      remembered: memory.remembered(),
    });
  };

  const look = (): void => {
    const till = tillWindow();
    if (till !== null && till !== watched) {
      watched = till;
      till.on('move', look);
      // No other window may keep the program running after the till's is closed.
      till.on('closed', close);
    }
    const monitor = place(till);
    if (monitor === null) {
      close();
      return;
    }
    memory.remember(monitor);
    if (window === null) open(monitor);
    else if (placed === null || !isSamePlace(placed, monitor.bounds)) {
      placed = monitor.bounds;
      window.setBounds(placed);
    }
  };

  electron.screen.on('display-added', look);
  electron.screen.on('display-removed', look);
  electron.screen.on('display-metrics-changed', look);

  return {
    show: (next) => {
      const parsed = customerShownSchema.nullable().safeParse(next);
      // A bug: what was not meant for the customer must not stay visible.
      if (!parsed.success) logger.error('customer.bad-push', { kind: next?.kind ?? '' });
      shown = parsed.data ?? null;
      look();
      publish();
    },
    isShown: () => window !== null,
    set: (isNowWanted) => {
      isWanted = isNowWanted;
      if (!isWanted) memory.forget();
      look();
    },
  };
}
