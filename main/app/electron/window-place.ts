import type { Rectangle } from 'electron';
import { isZoom, ZOOM_UNCHANGED } from './zoom.ts';

/** The least that a till's screen needs. */
export const SMALLEST = { width: 800, height: 560 } as const;
const FIRST = { width: 1280, height: 820 } as const;

export interface WindowPlace {
  /** While neither maximised nor full screen. */
  readonly bounds: Rectangle;
  readonly maximised: boolean;
  readonly zoomPercent: number;
}

export const writeWindowPlace = (place: WindowPlace): string => `${JSON.stringify(place)}\n`;

const isPixels = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= 100_000;

const isPlace = ({ bounds, maximised, zoomPercent }: WindowPlace): boolean =>
  isPixels(bounds.x, -100_000) &&
  isPixels(bounds.y, -100_000) &&
  isPixels(bounds.width, 1) &&
  isPixels(bounds.height, 1) &&
  typeof maximised === 'boolean' &&
  isZoom(zoomPercent);

/** Null for anything that `writeWindowPlace` does not write. Parsed by hand, for the window is made before zod is loaded. */
export function readWindowPlace(text: string): WindowPlace | null {
  try {
    const { bounds, maximised, zoomPercent } = JSON.parse(text) as WindowPlace;
    const { x, y, width, height } = bounds;
    const place = { bounds: { x, y, width, height }, maximised, zoomPercent };
    return isPlace(place) ? place : null;
  } catch {
    return null;
  }
}

const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(value, most));

const overlap = (fromA: number, lengthA: number, fromB: number, lengthB: number): number =>
  Math.max(0, Math.min(fromA + lengthA, fromB + lengthB) - Math.max(fromA, fromB));

const shared = (a: Rectangle, b: Rectangle): number =>
  overlap(a.x, a.width, b.x, b.width) * overlap(a.y, a.height, b.y, b.height);

/** As asked where it fits, but never too small. */
const sized = (asked: Pick<Rectangle, 'width' | 'height'>, area: Rectangle) => ({
  width: Math.max(SMALLEST.width, Math.min(asked.width, area.width)),
  height: Math.max(SMALLEST.height, Math.min(asked.height, area.height)),
});

function centred(size: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Rectangle {
  const { width, height } = sized(size, area);
  return {
    x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.floor((area.height - height) / 2)),
    width,
    height,
  };
}

function movedInto(bounds: Rectangle, area: Rectangle): Rectangle {
  const { width, height } = sized(bounds, area);
  return {
    x: between(area.x, bounds.x, Math.max(area.x, area.x + area.width - width)),
    y: between(area.y, bounds.y, Math.max(area.y, area.y + area.height - height)),
    width,
    height,
  };
}

/**
 * Places the window as it was left, within the display that had most of it; in the middle of the first one where that
 * is gone, or nothing is known. `areas` are the displays' work areas, the primary one first.
 */
export function fitOnto(bounds: Rectangle | null, areas: readonly [Rectangle, ...Rectangle[]]): Rectangle {
  if (bounds === null) return centred(FIRST, areas[0]);
  const nearest = areas.reduce((best, area) => (shared(bounds, area) > shared(bounds, best) ? area : best));
  return shared(bounds, nearest) === 0 ? centred(bounds, areas[0]) : movedInto(bounds, nearest);
}

export const firstWindowPlace = { maximised: false, zoomPercent: ZOOM_UNCHANGED } as const;
