import type { Migration } from './migrations/index.ts';
import type { View } from './views.ts';

/** What a program keeps in its database: the steps to its format, and the views that it makes of the journal. */
export interface Format {
  readonly steps: readonly Migration[];
  readonly views: readonly View[];
}
