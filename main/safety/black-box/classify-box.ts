import type { BoxRecord } from './box-record.ts';

export interface SeenBox {
  /** Its first frame is a head of the place's lock. */
  readonly begins: boolean;
  /** It has a final frame, as sealed backups have and boxes do not. */
  readonly isClosed: boolean;
  /** Its end is where the till remembers it. */
  readonly isRemembered: boolean;
  /** The digest of its first frame. */
  readonly first: string | null;
  /** Without damage; of a remembered box only the part behind the remembered end was read. */
  readonly isWhole: boolean;
  /** Frames follow the remembered end. */
  readonly hasMore: boolean;
  readonly bytes: number;
}

/** `found`: the part that was found, not written, and the last row that this version of the journal has in it. */
export type BoxVerdict =
  | { readonly kind: 'foreign' }
  /** Append after row `after`; null where its rows are unknown. */
  | { readonly kind: 'ours'; readonly after: number | null; readonly found: BoxRecord['found'] }
  /** `keep` may know more than the journal. */
  | { readonly kind: 'worn'; readonly keep: Keep };

/** The part of a box that may know more than the journal, and the row after which others must follow; null: none. */
export interface Keep {
  readonly bytes: number;
  readonly after: number | null;
}

/** For a box that reads otherwise than it was written. */
export const keepOf = ({ found }: BoxRecord): Keep => ({
  bytes: found.bytes,
  after: found.bytes === 0 ? null : found.number,
});

/** Whether a file is the till's own box and can be appended to; anything else is never written to. */
export function classifyBox(seen: SeenBox, record: BoxRecord | null): BoxVerdict {
  const { isRemembered, begins, isWhole, bytes } = seen;
  if (!isRemembered && (!begins || seen.isClosed)) return { kind: 'foreign' };
  if (isRemembered && record !== null) {
    // A restored till finds rows that it has forgotten behind the remembered end.
    const isFound = seen.hasMore || record.sums === null;
    const all = { bytes, number: record.number };
    if (begins && isWhole) return { kind: 'ours', after: record.number, found: isFound ? all : record.found };
    return { kind: 'worn', keep: isFound ? { bytes, after: record.number } : keepOf(record) };
  }
  // The same box, without its remembered end.
  if (record?.sums && record.sums.first === seen.first) {
    const isLonger = bytes > (record.ended?.at ?? 0);
    return { kind: 'worn', keep: isLonger ? { bytes, after: record.number } : keepOf(record) };
  }
  if (!isWhole) return { kind: 'worn', keep: { bytes, after: null } };
  return { kind: 'ours', after: null, found: { bytes, number: 0 } };
}
