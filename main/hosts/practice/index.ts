export { LedgerDamaged } from './ledger-file.ts';
export { meiLing } from './members.ts';
export { createPracticeStore } from './store.ts';
export type { PracticeStore } from './types.ts';
export { refusals } from './words.ts';
