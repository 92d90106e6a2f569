import type { KeyObject } from 'node:crypto';
import { appError, err, type Result } from '../../preload/contract/index.ts';
import { askWhole, type UpdateFeed } from './ask-feed.ts';
import { type Installed, judge, learnt, type Verdict } from './judge.ts';
import type { Kept, KeptFile } from './kept.ts';
import { LIST_NAME, MAX_PUBLISHED_BYTES, partsOf, readList } from './release-list.ts';

export interface FindParts {
  readonly feed: UpdateFeed;
  readonly keys: readonly KeyObject[];
  readonly installed: Installed;
  readonly kept: KeptFile;
  readonly nowMs: () => number;
}

/** In order and in time: such a list is stored for its floor, although it offers nothing. */
const stillTeaches: readonly string[] = ['update-older', 'update-not-for-this-pc'];

/** Fetches the newest list and stores a valid one. Errors: those of `askWhole`, `readList` and `judge`. */
export async function findRelease(parts: FindParts, signal?: AbortSignal): Promise<Result<Verdict>> {
  const { feed, keys, installed, kept, nowMs } = parts;
  const published = await askWhole(feed, LIST_NAME, MAX_PUBLISHED_BYTES, signal);
  if (!published.ok) return published;
  const { list, signature } = partsOf(published.value);
  const read = readList(list, signature, keys);
  if (!read.ok) return read;
  const verdict = judge(read.value, installed, kept.now(), nowMs());
  if (verdict.ok || stillTeaches.includes(verdict.error.code)) {
    const { newestIssuedAtMs, floor } = learnt(kept.now(), read.value);
    await kept.change({
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
export function judgeKept(
  { keys, installed, nowMs }: Pick<FindParts, 'keys' | 'installed' | 'nowMs'>,
  kept: Kept,
): Result<Verdict> {
  if (kept.list === null || kept.signature === null) return err(appError('update-none'));
  const read = readList(Buffer.from(kept.list, 'base64'), kept.signature, keys);
  return read.ok ? judge(read.value, installed, kept, nowMs()) : read;
}
