import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import { heldWaitsMs, whileRefusedSync } from '../../kernel/held-file.ts';
import type { Random } from '../../kernel/ports.ts';

/** Settings of this computer, for any till on it. */
export interface Station {
  /** Kiosk mode. */
  readonly kiosk: boolean;
  /** The customer display. */
  readonly customerDisplay: boolean;
}

const byDefault: Station = { kiosk: false, customerDisplay: false };

/** Invalid values are off. Parsed by hand, for the window is made before zod is loaded. */
function stationOf(kept: { readonly [name in keyof Station]?: unknown }): Station {
  return { kiosk: kept.kiosk === true, customerDisplay: kept.customerDisplay === true };
}

const fileOf = (folder: string): string => join(folder, 'station.json');

/**
 * The stored settings; defaults where there are none, or they cannot be read. Waits for a held file before the window
 * is up, for kiosk mode must not fall back to a window.
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
