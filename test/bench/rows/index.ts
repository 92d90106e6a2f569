import type { Row } from '../row.ts';
import { bundleRow } from './bundle.ts';
import { confirmRow } from './confirm.ts';
import { drainRow } from './drain.ts';
import { findRow } from './find.ts';
import { memoryRow } from './memory.ts';
import { openingRow } from './opening.ts';
import { readsRow } from './reads.ts';
import { savedRow } from './saved.ts';
import { screenRow } from './screen.ts';
import { windowRow } from './window.ts';

/**
 * All that is measured, in the order of the table. All work on the same folders: a start is measured before the others leave
 * entries there that wait.
 */
export const rows: readonly Row[] = [
  openingRow,
  windowRow,
  confirmRow,
  savedRow,
  screenRow,
  readsRow,
  findRow,
  bundleRow,
  drainRow,
  memoryRow,
];
