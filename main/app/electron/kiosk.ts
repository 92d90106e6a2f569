import type { BrowserWindow } from 'electron';
import type { Kiosk } from '../../kernel/ports.ts';

export interface WindowKiosk extends Kiosk {
  /** A window that was just made. */
  readonly begin: (window: Pick<BrowserWindow, 'setKiosk'>) => void;
  /** Neither closing nor a key of the window leaves it now. */
  readonly holds: () => boolean;
}

interface Parts {
  readonly isWanted: boolean;
  readonly window: () => Pick<BrowserWindow, 'setKiosk'> | null;
  /** Whether there is a manager's PIN to leave it by; without one nobody is locked in. */
  readonly hasManager: () => boolean;
}

/** The till's window before everything else, left by a manager alone. */
export function createKiosk({ isWanted, window, hasManager }: Parts): WindowKiosk {
  let isOn = isWanted;
  return {
    isOn: () => isOn,
    set: (isNowOn) => {
      if (isOn === isNowOn) return;
      isOn = isNowOn;
      window()?.setKiosk(isOn);
    },
    begin: (made) => {
      if (isOn) made.setKiosk(true);
    },
    holds: () => isOn && hasManager(),
  };
}
