import { entriesSql } from './entries.sql.ts';
import { schemaSql } from './schema.sql.ts';

/** 'CFT1': identifies a Counterfoil database among SQLite files. */
export const APPLICATION_ID = 0x43465431;

/** 'CFTL': databases of the eight formats before the first release, which no program reads any more. */
export const DEVELOPMENT_ID = 0x4346544c;

/** The tables of format 1, as a new database gets them. */
export const firstFormat = `${schemaSql}${entriesSql}`;

/** A step from the format before to format `to`. */
export interface Migration {
  readonly to: number;
  readonly sql: string;
}

/** In order, from 2 on without gaps; what was released is never changed. */
export const migrations: readonly Migration[] = [];

/** The newest format that a program with these steps knows. */
export const newestFormat = (steps: readonly Migration[]): number => steps.at(-1)?.to ?? 1;
