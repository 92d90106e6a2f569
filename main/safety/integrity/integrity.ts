import type { AppError, Result } from '../../../preload/contract/index.ts';
import { copyOfFile } from '../../kernel/database/online-copy.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import { checkFile, checkPages, type FileFacts } from './integrity-repository.ts';

/** Work on whole database files, which may be in use. */
export interface Integrity {
  /** Null where its pages are intact. */
  checkPages(file: string): Promise<AppError | null>;
  check(file: string, key: Buffer | null, onProgress?: OnProgress): Promise<Result<FileFacts>>;
  /** A consistent copy into a new file. Rejects with the failure's code. */
  copy(file: string, to: string, onProgress?: OnProgress): Promise<void>;
}

/** Blocks this thread. */
export const checkHere: Integrity = {
  checkPages: async (file) => checkPages(file),
  check: async (file, key, onProgress) => checkFile(file, key, onProgress),
  copy: copyOfFile,
};
