import type { Row } from '../row.ts';
import { backupRow } from './backup.ts';
import { bundleRow } from './bundle.ts';
import { callsRow } from './calls.ts';
import { chainRow } from './chain.ts';
import { confirmRow } from './confirm.ts';
import { drainRow } from './drain.ts';
import { findRow } from './find.ts';
import { idleRow } from './idle.ts';
import { indexedDbRow } from './indexed-db.ts';
import { listRow } from './list.ts';
import { memoryRow } from './memory.ts';
import { openingRow } from './opening.ts';
import { outsideRow } from './outside.ts';
import { ownerRow } from './owner.ts';
import { readsRow } from './reads.ts';
import { recordsRow } from './records.ts';
import { savedRow } from './saved.ts';
import { screenRow } from './screen.ts';
import { sentRow } from './sent.ts';
import { signInRow } from './sign-in.ts';
import { windowRow } from './window.ts';
import { wireRow } from './wire.ts';

/**
 * All that is measured, in the order of the table. All work on the same folders: a start is measured before the others leave
 * entries there that wait.
 */
export const rows: readonly Row[] = [
  ...[
    openingRow,
    windowRow,
    idleRow,
    confirmRow,
    indexedDbRow,
    savedRow,
    signInRow,
    sentRow,
    screenRow,
    readsRow,
    findRow,
    ownerRow,
    chainRow,
    outsideRow,
    bundleRow,
  ],
  ...[listRow, drainRow, wireRow, memoryRow, backupRow, recordsRow, callsRow],
];
