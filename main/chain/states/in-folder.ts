import type { AppError } from '../../../preload/contract/index.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { withinFolder } from '../look-into-folder.ts';
import { folderFailure } from './state-folder.ts';

/** What the folder refused, apart from all else that may go wrong in between. */
class RefusedByFolder extends Error {
  readonly failure: AppError;

  constructor(thrown: unknown) {
    super('refused by the folder', { cause: thrown });
    this.failure = folderFailure(thrown);
  }
}

/** Work in the folder within its time limit, whose failure `folderProblem` tells. */
export const inFolder = <T>(folder: string, timeouts: Timeouts, work: () => Promise<T>): Promise<T> =>
  withinFolder(folder, timeouts, work).catch((thrown: unknown) => {
    throw new RefusedByFolder(thrown);
  });

/** Why the folder refused, or null. Rejects with whatever else went wrong. */
export async function folderProblem(work: () => Promise<void>): Promise<AppError | null> {
  try {
    await work();
    return null;
  } catch (thrown) {
    if (thrown instanceof RefusedByFolder) return thrown.failure;
    throw thrown;
  }
}
