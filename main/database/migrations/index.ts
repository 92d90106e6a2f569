import { migration0001 } from './0001-outbox.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** In order, without gaps; one file each. A migration that shipped is frozen. */
export const migrations: readonly Migration[] = [migration0001];
