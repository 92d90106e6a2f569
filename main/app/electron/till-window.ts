import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Clock, Kiosk, Logger, Random } from '../../kernel/ports.ts';
import type { Till } from '../till.ts';
import { type Closing, createClosing } from './closing.ts';
import { createKiosk } from './kiosk.ts';
import { reviveDead } from './page-revival.ts';
import { loadPage, makeWindow } from './window.ts';
import { createWindowMemory } from './window-memory.ts';
import { fitOnto } from './window-place.ts';
import { obeyWindowKeys } from './window-zoom.ts';

export interface TillWindow {
  /** Null before it is made, and after it was closed. */
  readonly current: () => Electron.BrowserWindow | null;
  readonly closing: Closing;
  readonly kiosk: Kiosk;
  /** Idempotent; resolves when the page is loaded, or was closed. */
  readonly open: () => Promise<void>;
  /** At the program's end: asks nobody, and stores the window's place. */
  readonly end: () => Promise<void>;
}

interface Parts {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly paths: { readonly preload: string; readonly icon: string };
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly till: Pick<Till, 'session' | 'askToClose'> & { readonly hasManager: () => boolean };
  /** Kiosk mode from the start. */
  readonly kiosk: boolean;
}

/** False also where it cannot be read: a broken till closes at once. */
function isUnsettled(till: Parts['till']): boolean {
  try {
    return till.session()?.isUnsettled() ?? false;
  } catch {
    return false;
  }
}

export function createTillWindow(parts: Parts): TillWindow {
  const { electron, paths, till } = parts;
  let window: Electron.BrowserWindow | null = null;
  let opened: Promise<void> | null = null;
  const memory = createWindowMemory({ ...parts, file: join(parts.folder, 'window.json') });
  const kiosk = createKiosk({
    isWanted: parts.kiosk,
    window: () => window,
    hasManager: till.hasManager,
  });
  const closing = createClosing({
    clock: parts.clock,
    isUnsettled: () => isUnsettled(till),
    isHeld: kiosk.holds,
    ask: till.askToClose,
  });

  const make = () => {
    const primary = electron.screen.getPrimaryDisplay();
    const others = electron.screen.getAllDisplays().filter(({ id }) => id !== primary.id);
    return makeWindow(electron.BrowserWindow, {
      preloadPath: paths.preload,
      iconPath: paths.icon,
      release: parts.release,
      appName: electron.app.getName(),
      dark: electron.nativeTheme.shouldUseDarkColors,
      bounds: fitOnto(memory.remembered?.bounds ?? null, [
        primary.workArea,
        ...others.map(({ workArea }) => workArea),
      ]),
      maximised: memory.remembered?.maximised ?? false,
    });
  };

  const open = async (): Promise<void> => {
    // The page asks for its first snapshot while it loads, so the window must be known before.
    const made = make();
    window = made;
    made.on('closed', () => {
      window = null;
    });
    memory.watch(made);
    closing.guard(made);
    obeyWindowKeys(made, memory, process.platform, kiosk.holds);
    kiosk.begin(made);
    let isClosing = false;
    made.once('close', () => {
      isClosing = true;
    });
    reviveDead(made.webContents, { ...parts, ...closing, load: () => loadPage(made) });
    await loadPage(made).catch((thrown: unknown) => {
      // Closing it before the page is loaded is no failure.
      if (!isClosing) throw thrown;
    });
  };

  return {
    current: () => window,
    closing,
    kiosk,
    open: () => {
      opened ??= open();
      return opened;
    },
    end: () => {
      closing.leaving();
      return memory.flush();
    },
  };
}
