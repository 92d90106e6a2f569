import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { heldWaitsMs, whileRefusedSync } from '../../kernel/held-file.ts';
import type { Random } from '../../kernel/ports.ts';

/** What is set for this computer, and for whichever till is open on it. */
export interface Station {
  /** The window fills the screen and is left by a manager alone. */
  readonly kiosk: boolean;
  /** What is entered is shown to the customer, on a monitor of their own. */
  readonly customerDisplay: boolean;
}

const byDefault: Station = { kiosk: false, customerDisplay: false };

/** Whatever is not as it was written is not set. By hand: the window is made before the schemas' library is read. */
function stationOf(kept: { readonly [name in keyof Station]?: unknown }): Station {
  return { kiosk: kept.kiosk === true, customerDisplay: kept.customerDisplay === true };
}

const fileOf = (folder: string): string => join(folder, 'station.json');

/**
 * As it was set last; as by default where nothing was, or it cannot be read. Before the window is up it is waited for where
 * somebody holds it: a window that fills the screen must not become one that anybody can leave.
 */
export function readStation(folder: string, waitsMs: readonly number[] = heldWaitsMs.blocking): Station {
  try {
    const text = whileRefusedSync(() => readFileSync(fileOf(folder), 'utf8'), { waitsMs });
    return stationOf(JSON.parse(text) as object);
  } catch {
    return byDefault;
  }
}

export const saveStation = (folder: string, station: Station, random: Pick<Random, 'uuid'>): Promise<void> =>
  writeFileAtomically(fileOf(folder), `${JSON.stringify(station)}\n`, random.uuid());
