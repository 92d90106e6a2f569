export type { Answer } from './answer.ts';
export { prove } from './prove.ts';
export { type RehearseParts, rehearse } from './rehearse.ts';
export { createRehearsal } from './rehearse-update.ts';
export { runWith } from './run-program.ts';
