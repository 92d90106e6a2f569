import { migration0001 } from './0001-outbox.ts';
import { migration0002 } from './0002-journal.ts';
import { migration0003 } from './0003-decisions.ts';
import { migration0004 } from './0004-seals.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** In order, without gaps; one file each. A migration that shipped is frozen. */
export const migrations: readonly Migration[] = [migration0001, migration0002, migration0003, migration0004];
