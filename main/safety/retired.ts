import type { Settings } from '../kernel/database/settings-repository.ts';

/** Set after a move to another computer: this copy must never enter or send anything again. */
const KEY = 'till.retired';
/** Set where a manager said that the move was never used, until a start has sent everything open to review. */
const BACK = 'till.cameBack';

/** Reasons of journal notes. */
export const MOVED_AWAY = 'till moved away';
export const OTHER_GOES_ON = 'the other one goes on';
export const NEVER_OPENED = 'the new one was never opened';

/** When the till was moved away, Unix ms as text; null while it is at home here. */
export const retiredSince = (settings: Pick<Settings, 'get'>): string | null => settings.get(KEY);

export const retire = (settings: Settings, atMs: number): void => settings.set(KEY, String(atMs));

export const reinstate = (settings: Settings): void => settings.remove(KEY);

/** The move was completed and never used: the next start trusts nothing that was open. */
export function comeBack(settings: Settings, atMs: number): void {
  reinstate(settings);
  settings.set(BACK, String(atMs));
}

export const hasComeBack = (settings: Pick<Settings, 'get'>): boolean => settings.get(BACK) !== null;

export const forgetComeBack = (settings: Pick<Settings, 'remove'>): void => settings.remove(BACK);
