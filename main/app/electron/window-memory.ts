import { readFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import { firstWindowPlace, readWindowPlace, type WindowPlace, writeWindowPlace } from './window-place.ts';

/** A dragged window reports many times a second. */
const WRITE_DELAY_MS = 500;

export interface WindowMemory {
  /** As the window was left; null where unreadable. */
  readonly remembered: WindowPlace | null;
  readonly zoomPercent: () => number;
  readonly zoomed: (percent: number) => void;
  /** Stores this window's place from now on. */
  readonly watch: (window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized'>) => void;
  /** Resolves when it is on disk, or could not be written. */
  readonly flush: () => Promise<void>;
}

interface Parts {
  readonly file: string;
  readonly clock: Pick<Clock, 'schedule'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Size, place and zoom in a file of their own. A convenience only: a till opens without it. */
export function createWindowMemory({ file, clock, random, logger }: Parts): WindowMemory {
  let kept = readText(file);
  const remembered = readWindowPlace(kept);
  let zoomPercent: number = (remembered ?? firstWindowPlace).zoomPercent;
  let look: (() => Omit<WindowPlace, 'zoomPercent'>) | null = null;
  let latest: Omit<WindowPlace, 'zoomPercent'> | null = null;
  let cancel: (() => void) | null = null;
  let written = Promise.resolve();

  const write = async (text: string): Promise<void> => {
    if (text === kept) return;
    try {
      await writeFileAtomically(file, text, random.uuid());
      kept = text;
    } catch (thrown) {
      logger.warn('window.place-not-kept', { error: String(thrown) });
    }
  };

  const flush = (): Promise<void> => {
    cancel?.();
    cancel = null;
    if (latest !== null) {
      const text = writeWindowPlace({ ...latest, zoomPercent });
      // In order, so that the last one stays.
      written = written.then(() => write(text));
    }
    return written;
  };

  const note = (): void => {
    latest = look?.() ?? latest;
    cancel ??= clock.schedule(WRITE_DELAY_MS, () => void flush());
  };

  return {
    remembered,
    zoomPercent: () => zoomPercent,
    zoomed: (percent) => {
      zoomPercent = percent;
      note();
    },
    watch: (window) => {
      look = () => ({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
      window.on('resize', note);
      window.on('move', note);
      window.on('maximize', note);
      window.on('unmaximize', note);
      window.on('close', () => {
        note();
        void flush();
      });
      window.on('closed', () => {
        look = null;
      });
    },
    flush,
  };
}
