import type { BoxRecord } from './box-record.ts';

/** What was seen of a file that has the box's name. */
export interface SeenBox {
  /** It begins with a head of the place's own lock. */
  readonly begins: boolean;
  /** It ends for good, as a sealed backup does and no box. */
  readonly isClosed: boolean;
  /** What the till remembers of its end stands there. */
  readonly isRemembered: boolean;
  /** What its first frame comes to. */
  readonly first: string | null;
  /** Nothing stands in it that is no frame. Of a remembered box only what is behind the remembered end was read. */
  readonly isWhole: boolean;
  /** Frames stand behind the remembered end. */
  readonly hasMore: boolean;
  readonly bytes: number;
}

/** What becomes of it. `found`: how far it was found as it is, and the last row that this way of the journal has there. */
export type Judgement =
  | { readonly kind: 'foreign' }
  /** It goes on behind row `after`; null where nobody knows what is in it. */
  | { readonly kind: 'ours'; readonly after: number | null; readonly found: BoxRecord['found'] }
  /** So much of it may tell what the journal lacks. */
  | { readonly kind: 'worn'; readonly keep: Keep };

/** What of a box may tell more than the journal does; null: nothing behind which rows have to go on. */
export interface Keep {
  readonly bytes: number;
  readonly after: number | null;
}

/** What is kept of a box that tells otherwise than it was written. */
export const keepOf = ({ found }: BoxRecord): Keep => ({
  bytes: found.bytes,
  after: found.bytes === 0 ? null : found.number,
});

/** Whether a file is the till's own box, and fit to be written on. What nobody can have written is never written to. */
export function judgeBox(seen: SeenBox, record: BoxRecord | null): Judgement {
  const { isRemembered, begins, isWhole, bytes } = seen;
  if (!isRemembered && (!begins || seen.isClosed)) return { kind: 'foreign' };
  if (isRemembered && record !== null) {
    // A till that was put back from a backup finds what it has forgotten behind the end that it remembers.
    const isFound = seen.hasMore || record.sums === null;
    const all = { bytes, number: record.number };
    if (begins && isWhole) return { kind: 'ours', after: record.number, found: isFound ? all : record.found };
    return { kind: 'worn', keep: isFound ? { bytes, after: record.number } : keepOf(record) };
  }
  // The same box, but what had been written at its end is not there.
  if (record?.sums && record.sums.first === seen.first) {
    const isLonger = bytes > (record.ended?.at ?? 0);
    return { kind: 'worn', keep: isLonger ? { bytes, after: record.number } : keepOf(record) };
  }
  if (!isWhole) return { kind: 'worn', keep: { bytes, after: null } };
  return { kind: 'ours', after: null, found: { bytes, number: 0 } };
}
