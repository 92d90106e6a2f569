/**
 * What the page needs of the contract when it runs: no schema, and so nothing of zod, which would be a seventh of what it
 * loads before anything is seen, and would compile schemas, which its policy forbids. Main holds every message against them.
 */
export * from './actor-name.ts';
export * from './bonus-kinds.ts';
export * from './cells.ts';
export * from './check-up-questions.ts';
export * from './find-states.ts';
export * from './formatters.ts';
export * from './found-sums.ts';
export * from './guarded-acts.ts';
export * from './languages.ts';
export * from './mended-by-backup.ts';
export * from './money.ts';
export * from './opening.ts';
export * from './reading-age.ts';
export * from './report-cells.ts';
export * from './result.ts';
export * from './tenders.ts';
export * from './tills.ts';
export * from './topic-rows.ts';
