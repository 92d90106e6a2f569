/** What entries can be looked for by, of how they stand; the page has it without the schemas. */
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
