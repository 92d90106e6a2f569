/** The till was moved to another computer: what is left here must never enter or send anything again. */
const KEY = 'till.retired';

interface Kept {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** Null while the till is at home here; else when it was moved away, Unix ms as text. */
export const retiredSince = (settings: Pick<Kept, 'get'>): string | null => settings.get(KEY);

export const retire = (settings: Kept, atMs: number): void => settings.set(KEY, String(atMs));

/** The move did not come to its end: the till stays where it is. */
export const reinstate = (settings: Kept): void => settings.remove(KEY);
