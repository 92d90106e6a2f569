import type { Migration } from './migrations/index.ts';
import type { View } from './views.ts';

/** The database of one program version: its migration steps, and its views of the journal. */
export interface Format {
  readonly steps: readonly Migration[];
  readonly views: readonly View[];
}

/** The newest that such a program knows. */
export const newestFormat = ({ steps, views }: Format): number =>
  Math.max(0, ...[...steps, ...views].map(({ formatVersion }) => formatVersion));
