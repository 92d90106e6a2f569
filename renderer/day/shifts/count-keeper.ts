import type { AppError, Result, ShiftCount } from '../../../preload/contract/index.ts';

export interface CountKeeper {
  /** Replaces an older count that is not on its way yet. */
  readonly keep: (count: ShiftCount) => void;
  /** Resolves when the last count is stored, or could not be. */
  readonly settled: () => Promise<void>;
}

/** Stores a count as it is typed, one call at a time and always the newest: a power cut loses the last key at most. */
export function createCountKeeper(
  send: (count: ShiftCount) => Promise<Result<object>>,
  report: (failure: AppError | null) => void,
): CountKeeper {
  let next: ShiftCount | null = null;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (next !== null) {
      const count = next;
      next = null;
      const reply = await send(count);
      report(reply.ok ? null : reply.error);
    }
    running = null;
  };
  return {
    keep: (count) => {
      next = count;
      running ??= run();
    },
    settled: () => running ?? Promise.resolve(),
  };
}
