import type { AppError, Result } from '../../../preload/contract/index.ts';
import { copyOfFile } from '../../kernel/database/online-copy.ts';
import type { View } from '../../kernel/database/views.ts';
import type { Tell } from '../../kernel/progress.ts';
import { checkFile, checkPages, type FileFacts } from './integrity-repository.ts';

/** What is done with a whole database file, wherever that is done: beside a till at work if need be. */
export interface Integrity {
  /** Looks at its pages alone, as they lie there; null where they are whole. */
  checkPages(file: string): Promise<AppError | null>;
  /** Looks at it. */
  check(file: string, key: Buffer | null, tell?: Tell): Promise<Result<FileFacts>>;
  /** Copies it, as it is at one moment, into a new file. Rejects where that cannot be done, with the code of what failed. */
  copy(file: string, to: string, tell?: Tell): Promise<void>;
}

/** In this very thread: nothing else is done meanwhile. `views`: those that this program makes of the journal. */
export const createIntegrity = (views: readonly View[]): Integrity => ({
  checkPages: async (file) => checkPages(file, views),
  check: async (file, key, tell) => checkFile(file, views, key, tell),
  copy: copyOfFile,
});
