import type { AppError, Result, ShiftCount } from '../../../preload/contract/index.ts';

export interface CountKeeper {
  /** As it stands now; what came before and is not on its way yet need not be kept any more. */
  readonly keep: (count: ShiftCount) => void;
  /** Resolves when what was typed last is kept, or could not be. */
  readonly settled: () => Promise<void>;
}

/** Keeps a count as it is typed, one at a time and always the newest: a power cut loses at most the last key. */
export function createCountKeeper(
  send: (count: ShiftCount) => Promise<Result<object>>,
  tell: (failure: AppError | null) => void,
): CountKeeper {
  let next: ShiftCount | null = null;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (next !== null) {
      const count = next;
      next = null;
      const reply = await send(count);
      tell(reply.ok ? null : reply.error);
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
