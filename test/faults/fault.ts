import type { AnyChange } from './plant.ts';

/** Something that is wrong on purpose, so that a test shows that it would find it. */
export interface Fault<Part = AnyChange> {
  /** What the program does with it, or lacks. */
  readonly says: string;
  readonly changes: readonly Part[];
}

/** Faults by their names. */
export type FaultList<Part = AnyChange> = Readonly<Record<string, Fault<Part>>>;
