import type { BrowserWindow } from 'electron';
import type { Kiosk } from '../../kernel/ports.ts';

export interface WindowKiosk extends Kiosk {
  /** Call it for a new window. */
  readonly begin: (window: Pick<BrowserWindow, 'setKiosk'>) => void;
  /** Neither closing nor a key may leave now. */
  readonly holds: () => boolean;
}

interface Parts {
  readonly isWanted: boolean;
  readonly window: () => Pick<BrowserWindow, 'setKiosk'> | null;
  /** A manager's PIN exists; without one nobody is locked in. */
  readonly hasManager: () => boolean;
}

/** Kiosk mode, which only a manager leaves. */
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
