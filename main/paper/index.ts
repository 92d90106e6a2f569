export type { PaperNeeds } from './needs.ts';
export { createPaper, type Paper } from './slice.ts';
