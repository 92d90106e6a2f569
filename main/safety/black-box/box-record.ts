/** Where a box ended when it was last written to. */
export interface BoxEnd {
  readonly at: number;
  /** Its last bytes: no other box has them there. */
  readonly tag: string;
}

/** What the till remembers of the box in its second place. */
export interface BoxRecord {
  /** The last row of the journal that is in it. */
  readonly number: number;
  readonly ended: BoxEnd | null;
  /** What all its frames come to until there, and the first alone; null where an older program wrote it. */
  readonly sums: { readonly all: string; readonly first: string } | null;
  /** So far it was found as it is, and may tell what the journal lacks; rows after `number` were written behind it. */
  readonly found: { readonly bytes: number; readonly number: number };
}

/** By which place it is: another one has nothing of this till. Older programs read its first three words. */
export function recordText(place: string, { number, ended, sums, found }: BoxRecord): string {
  const end = ended === null ? '-' : `${ended.at}:${ended.tag}`;
  return [place, number, end, sums?.all ?? '-', sums?.first ?? '-', found.bytes, found.number].join(' ');
}

/** Null where it is of another place, or none. */
export function readRecord(place: string, text: string | null): BoxRecord | null {
  const [of, number, end = '', all, first, bytes = '0', after = '0'] = (text ?? '').split(' ');
  if (of !== place || number === undefined) return null;
  const [, at, tag] = /^(\d+):([0-9a-f]+)$/.exec(end) ?? [];
  return {
    number: Number(number),
    ended: at === undefined || tag === undefined ? null : { at: Number(at), tag },
    sums: all === undefined || first === undefined || all === '-' ? null : { all, first },
    found: { bytes: Number(bytes), number: Number(after) },
  };
}
