import type { Rectangle } from 'electron';
import { z } from 'zod';

/** What identifies a monitor. */
export interface Monitor {
  readonly id: number;
  /** The maker's name; empty where unknown. */
  readonly label: string;
  readonly bounds: Rectangle;
}

const pixels = z.number().int().min(-100_000).max(100_000);
const monitorSchema = z.object({
  id: z.number(),
  label: z.string().max(200),
  bounds: z.object({ x: pixels, y: pixels, width: pixels, height: pixels }),
});

export const writeMonitor = ({ id, label, bounds: { x, y, width, height } }: Monitor): string =>
  `${JSON.stringify({ id, label: label.slice(0, 200), bounds: { x, y, width, height } })}\n`;

/** Null for anything that `writeMonitor` does not write. */
export function readMonitor(text: string): Monitor | null {
  try {
    const parsed = monitorSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

const overlap = (fromA: number, lengthA: number, fromB: number, lengthB: number): number =>
  Math.max(0, Math.min(fromA + lengthA, fromB + lengthB) - Math.max(fromA, fromB));

const shared = (a: Rectangle, b: Rectangle): number =>
  overlap(a.x, a.width, b.x, b.width) * overlap(a.y, a.height, b.y, b.height);

export const isSamePlace = (a: Rectangle, b: Rectangle): boolean =>
  a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

const isSameSize = (a: Rectangle, b: Rectangle): boolean => a.width === b.width && a.height === b.height;

/** Where most of the window is; null where it is nowhere, as just after a monitor was disconnected. */
const monitorOf = (window: Rectangle, monitors: readonly Monitor[]): Monitor | null =>
  monitors.reduce<Monitor | null>((best, one) => {
    const most = best === null ? 0 : shared(window, best.bounds);
    return shared(window, one.bounds) > most ? one : best;
  }, null);

/** A reconnected monitor may have another number: then its name and size count, or without a name its position. */
function recognised(remembered: Monitor, monitors: readonly Monitor[]): Monitor | null {
  const ways: readonly ((one: Monitor) => boolean)[] = [
    ({ id, label }) => id === remembered.id && label === remembered.label,
    ({ label, bounds }) =>
      label !== '' && label === remembered.label && isSameSize(bounds, remembered.bounds),
    ({ label, bounds }) => label === remembered.label && isSamePlace(bounds, remembered.bounds),
  ];
  for (const way of ways) {
    const found = monitors.find(way);
    if (found !== undefined) return found;
  }
  return null;
}

export interface Desk {
  readonly monitors: readonly Monitor[];
  readonly primaryId: number;
  /** The till's window. */
  readonly till: Rectangle;
  /** As last seen; null where none was chosen yet. */
  readonly remembered: Monitor | null;
}

/**
 * The customer's monitor; null where there is none. Never the till's own, and no other while the remembered one is
 * missing: that may hang in a back room.
 */
export function customersMonitor({ monitors, primaryId, till, remembered }: Desk): Monitor | null {
  const tills = monitorOf(till, monitors);
  if (tills === null) return null;
  if (remembered !== null) {
    const own = recognised(remembered, monitors);
    return own === tills ? null : own;
  }
  const others = monitors.filter((one) => one !== tills);
  return others.find(({ id }) => id !== primaryId) ?? others[0] ?? null;
}
