import type * as Electron from 'electron';
import { heldWaitsMs } from '../../kernel/held-file.ts';
import { systemClock, systemRandom } from '../../kernel/system.ts';
import { type Entrance, openEntrance } from '../ipc/entrance.ts';
import { createLateLogger, type LateLogger } from '../log/late-logger.ts';
import { readStation } from '../support/station.ts';
import type { Till } from '../till.ts';
import { createLinkOpener } from './external-links.ts';
import { applyMenu } from './menu.ts';
import { guardAllContents } from './navigation-guard.ts';
import { type PageLoading, watchLoading } from './page-loading.ts';
import { serveApp } from './protocol.ts';
import { applySessionPolicy } from './session-policy.ts';
import { createTillWindow, type TillWindow } from './till-window.ts';

type SeenTill = Pick<Till, 'session' | 'askToClose' | 'snapshot'>;

/** The window before there is a till behind it. */
export interface Front {
  readonly window: TillWindow;
  /** Calls of the page wait here until a till answers. */
  readonly entrance: Entrance;
  readonly logger: LateLogger;
  readonly loading: PageLoading;
  /** Sets the till that the window shows. */
  readonly isOf: (till: SeenTill) => void;
  /** Another start asks this one to end; until a handler is set it stays. */
  readonly askedToQuit: () => void;
  readonly quitsBy: (quit: () => void) => void;
}

export interface FrontParts {
  readonly electron: typeof Electron;
  readonly release: boolean;
  readonly paths: { readonly preload: string; readonly renderer: string; readonly icon: string };
  readonly folder: string;
  readonly kiosk: boolean;
}

/**
 * Builds the window with all its guards and few dependencies, so that it opens while the rest of the program is
 * loading. It does nothing until a till answers.
 */
export function createFront(parts: FrontParts): Front {
  const { electron, release, paths, folder } = parts;
  const logger = createLateLogger();
  guardAllContents(electron.app, { logger, openLink: createLinkOpener(electron.shell, logger) });
  applySessionPolicy(electron.session.defaultSession, { release, logger });
  applyMenu(electron.Menu, process.platform);
  serveApp(electron.protocol, paths.renderer);

  let till: SeenTill | null = null;
  let quit = (): void => undefined;
  const window = createTillWindow({
    ...parts,
    logger,
    clock: systemClock,
    random: systemRandom,
    kiosk: parts.kiosk || readStation(folder, heldWaitsMs.opening).kiosk,
    till: {
      session: () => till?.session() ?? null,
      hasManager: () => till !== null && till.session() !== null && till.snapshot().managerPinSet,
      askToClose: (times) => till?.askToClose(times),
    },
  });
  const contents = () => window.current()?.webContents ?? null;
  return {
    window,
    logger,
    loading: watchLoading(electron.session.defaultSession),
    entrance: openEntrance(electron.ipcMain, (sender) => sender === contents()),
    isOf: (opened) => {
      till = opened;
    },
    askedToQuit: () => quit(),
    quitsBy: (by) => {
      quit = by;
    },
  };
}
