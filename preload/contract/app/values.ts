/**
 * The contract without schemas, for the page: zod would be a seventh of what it loads first, and compiles schemas,
 * which its CSP forbids. Main checks every message.
 */

export * from '../chain/signed-parts.ts';
export * from '../chain/status-reasons.ts';
export * from '../counter/bonus-kinds.ts';
export * from '../day/every-entry.ts';
export * from '../day/file-heads.ts';
export * from '../day/find-states.ts';
export * from '../day/found-sums.ts';
export * from '../day/opening.ts';
export * from '../day/report-cells.ts';
export * from '../day/report-rows.ts';
export * from '../day/till-rows.ts';
export * from '../hosts/tills.ts';
export * from '../kernel/actor-name.ts';
export * from '../kernel/formatters.ts';
export * from '../kernel/guarded-acts.ts';
export * from '../kernel/languages.ts';
export * from '../kernel/money.ts';
export * from '../kernel/result.ts';
export * from '../kernel/who-sets.ts';
export * from '../ledger/book-accounts.ts';
export * from '../ledger/cells.ts';
export * from '../ledger/tenders.ts';
export * from '../members/reading-age.ts';
export * from '../safety/fixed-by-backup.ts';
export * from '../sending/check-up-questions.ts';
export * from './asked-again.ts';
export * from './topic-rows.ts';
