import type { KeyObject } from 'node:crypto';
import { appError, err, type Result } from '../../preload/contract/index.ts';
import { askWhole, type UpdateFeed } from './ask-feed.ts';
import { evaluateRelease, type Installed, learnt, type Verdict } from './evaluate-release.ts';
import { LIST_NAME, MAX_PUBLISHED_BYTES, partsOf, readList } from './release-list.ts';
import type { StoredState, StoredStateFile } from './stored-state.ts';

export interface FindParts {
  readonly feed: UpdateFeed;
  readonly keys: readonly KeyObject[];
  readonly installed: Installed;
  readonly stored: StoredStateFile;
  readonly nowMs: () => number;
}

/** In order and in time: such a list is stored for its floor, although it offers nothing. */
const alsoLearntFrom: readonly string[] = ['update-older', 'update-not-for-this-pc'];

/** Fetches the newest list and stores a valid one. Errors: those of `askWhole`, `readList` and `judge`. */
export async function findRelease(parts: FindParts, signal?: AbortSignal): Promise<Result<Verdict>> {
  const { feed, keys, installed, stored, nowMs } = parts;
  const published = await askWhole(feed, LIST_NAME, MAX_PUBLISHED_BYTES, signal);
  if (!published.ok) return published;
  const { list, signature } = partsOf(published.value);
  const read = readList(list, signature, keys);
  if (!read.ok) return read;
  const verdict = evaluateRelease(read.value, installed, stored.now(), nowMs());
  if (verdict.ok || alsoLearntFrom.includes(verdict.error.code)) {
    const { newestIssuedAtMs, floor } = learnt(stored.now(), read.value);
    await stored.change({
      newestIssuedAtMs,
      floor,
      confirmedAtMs: nowMs(),
      list: list.toString('base64'),
      signature: signature.trim(),
    });
  }
  return verdict;
}

/** Judges the stored list again: its signature, its dates and this till's floor. */
export function evaluateStored(
  { keys, installed, nowMs }: Pick<FindParts, 'keys' | 'installed' | 'nowMs'>,
  stored: StoredState,
): Result<Verdict> {
  if (stored.list === null || stored.signature === null) return err(appError('update-none'));
  const read = readList(Buffer.from(stored.list, 'base64'), stored.signature, keys);
  return read.ok ? evaluateRelease(read.value, installed, stored, nowMs()) : read;
}
