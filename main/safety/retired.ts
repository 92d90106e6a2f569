import type { Settings } from '../kernel/database/settings-repository.ts';

/** The till was moved to another computer: what is left here must never enter or send anything again. */
const KEY = 'till.retired';
/** A manager said that it was never opened there: kept until a start has given all that is open to people. */
const BACK = 'till.cameBack';

/** The journal's notes: why a till was retired, and that it came back. */
export const MOVED_AWAY = 'till moved away';
export const OTHER_GOES_ON = 'the other one goes on';
export const NEVER_OPENED = 'the new one was never opened';

/** Null while the till is at home here; else when it was moved away, Unix ms as text. */
export const retiredSince = (settings: Pick<Settings, 'get'>): string | null => settings.get(KEY);

export const retire = (settings: Settings, atMs: number): void => settings.set(KEY, String(atMs));

/** The move did not come to its end: the till stays where it is. */
export const reinstate = (settings: Settings): void => settings.remove(KEY);

/** The move came to its end and nobody went on there: the next start relies on nothing that was open. */
export function comeBack(settings: Settings, atMs: number): void {
  reinstate(settings);
  settings.set(BACK, String(atMs));
}

export const hasComeBack = (settings: Pick<Settings, 'get'>): boolean => settings.get(BACK) !== null;

export const forgetComeBack = (settings: Pick<Settings, 'remove'>): void => settings.remove(BACK);
