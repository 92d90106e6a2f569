import type { Figure } from './figure.ts';

/** What a row measures with. */
export interface Bench {
  /** A minute for all rows: small sizes, few rounds. */
  readonly quick: boolean;
  /** How many entries the tills have that rows are measured over: a small one, and those that it is compared with. */
  readonly base: number;
  readonly sizes: readonly number[];
  /** A data folder with so many entries; all rows of a run work on the same. */
  filled(entries: number): Promise<string>;
  /** A folder of its own on the disk that is measured. */
  scratch(): string;
  /** A live till's folder that must verify after the run. */
  verifyLive(folder: string, secrets: LiveSecrets): void;
}

export interface LiveSecrets {
  readonly appKey: string;
  readonly journalKey: Buffer;
}

/** One idea of what is measured, in a module of its own; it may say it in several figures. */
export interface Row {
  /** By which `--rows` names it. */
  readonly name: string;
  /** In the real window, which has to be built. */
  readonly inWindow?: boolean;
  measure(bench: Bench): Promise<readonly Figure[]>;
}

/** 20 k, 1 M: as people say sizes. */
export const sizeText = (entries: number): string =>
  entries >= 1_000_000
    ? `${entries / 1_000_000} M`
    : entries >= 1_000
      ? `${entries / 1_000} k`
      : String(entries);
