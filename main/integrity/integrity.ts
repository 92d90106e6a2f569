import type { Result } from '../../preload/contract/index.ts';
import { checkFile, type FileFacts } from './integrity-repository.ts';

/** Looks at a whole database file, wherever that is done. */
export interface Integrity {
  check(file: string, key: Buffer | null): Promise<Result<FileFacts>>;
}

/** In this very thread: nothing else is done meanwhile. */
export const checkHere: Integrity = { check: async (file, key) => checkFile(file, key) };
