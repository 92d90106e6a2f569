export const ZOOM_UNCHANGED = 100;

/** As in browsers. */
const steps: readonly number[] = [50, 67, 75, 80, 90, ZOOM_UNCHANGED, 110, 125, 150, 175, 200];

export type ZoomWay = 'in' | 'out' | 'back';

export const isZoom = (percent: number): boolean => steps.includes(percent);

/** The same where there is no further step. */
export function nextZoom(percent: number, way: ZoomWay): number {
  if (way === 'back') return ZOOM_UNCHANGED;
  const next = way === 'in' ? steps.find((step) => step > percent) : steps.findLast((step) => step < percent);
  return next ?? (way === 'in' ? Math.max(...steps) : Math.min(...steps));
}
