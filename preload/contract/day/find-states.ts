/** In a file without schemas, for the page. */
export const findStates = [
  'waiting',
  'confirmed',
  'unknown',
  'review',
  'rejected',
  'cancelled',
  'afterPaper',
  'takenBack',
] as const;
export type FindState = (typeof findStates)[number];
