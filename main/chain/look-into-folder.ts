import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppError, appError, err, type Result } from '../../preload/contract/index.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import { readBounded } from './read-bounded.ts';
import { MOST_BYTES, SHOP_FILE, type ShopProblem } from './shop-file.ts';

/** Time for a sleeping disk, or a share at the other end of a slow line. */
const LIMIT_MS = 15_000;

export const refusedShop = (reason: ShopProblem): AppError => appError('shop-refused', { reason });

async function read(folder: string): Promise<Result<Buffer, AppError>> {
  const found = await lstat(folder).catch(() => null);
  if (found?.isSymbolicLink()) return err(refusedShop('link'));
  const file = await readBounded(join(folder, SHOP_FILE), MOST_BYTES);
  if (file.ok) return file;
  return err(file.error === 'missing' ? appError('chain-folder-gone') : refusedShop(file.error));
}

/** Work in the folder, which may never answer: rejects with `ETIMEDOUT` then. */
export const withinFolder = <T>(folder: string, timeouts: Timeouts, work: () => Promise<T>): Promise<T> =>
  timeouts.run({ place: folder, lane: 'chain', limitMs: LIMIT_MS, work });

/** The bytes of the folder's configuration, of which nothing is known yet. Never throws, and waits no longer than the limit. */
export async function lookIntoFolder(folder: string, timeouts: Timeouts): Promise<Result<Buffer, AppError>> {
  try {
    return await withinFolder(folder, timeouts, () => read(folder));
  } catch {
    return err(appError('chain-folder-hangs'));
  }
}
