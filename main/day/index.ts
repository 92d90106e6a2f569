export { formatOf, foundCsvLines } from './export.ts';
export type { FoundEnd, WriteFound } from './find/export-service.ts';
export { type Readable, readableCsvLines } from './find/readable-csv.ts';
export type { DayNeeds } from './needs.ts';
export type { ZAnswer, ZQuestion } from './reports/bounded-z.ts';
export { readZ } from './reports/read-z.ts';
export { OTHERS } from './shifts/fitted.ts';
export { isShiftOpen } from './shifts/shift-repository.ts';
export { createDay, type Day } from './slice.ts';
