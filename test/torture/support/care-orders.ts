import type { Act, Scene } from './care.ts';
import type { Entries } from './care-judge.ts';
import type { Steering } from './steering.ts';

interface Common {
  readonly act: Act;
  readonly scene: Scene;
  /** What the scene's folder is made of, each time anew. */
  readonly template: string;
  readonly control: string;
}

export type CareOrders = Common &
  (
    | { readonly mode: 'count'; readonly operations: number }
    | { readonly mode: 'fill'; readonly apart: number; readonly entries: Entries }
    | { readonly mode: 'die'; readonly steering: Partial<Steering> }
  );

/** What a disk that was full at each of these writes came to. */
export interface Filled {
  readonly steps: number;
  readonly fills: number;
  /** How often it said what. */
  readonly said: Readonly<Record<string, number>>;
  readonly problems: readonly string[];
}
