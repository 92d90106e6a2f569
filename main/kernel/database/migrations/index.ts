import { migration0001 } from './0001-format.ts';
import { migration0002 } from './0002-fast-reads.ts';
import { migration0003 } from './0003-terms.ts';
import { migration0004 } from './0004-named-members.ts';
import { migration0005 } from './0005-tender-changes.ts';
import { migration0006 } from './0006-members-without-sums.ts';
import { migration0007 } from './0007-fewer-indexes.ts';
import { migration0008 } from './0008-ended-by-member.ts';

export interface Migration {
  /** The database's format after this step; a new kind of event needs a new format, and so does a new fact of an entry (`View`). */
  readonly formatVersion: number;
  readonly sql: string;
}

/**
 * In order, one file each, without the formats that facts of an entry brought; a shipped migration is frozen. An older
 * program refuses a newer format with a code.
 */
export const migrations: readonly Migration[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
];
