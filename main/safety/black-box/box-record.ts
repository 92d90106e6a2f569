export interface BoxEnd {
  readonly at: number;
  /** Its last bytes, which no other box has there. */
  readonly tag: string;
}

/** What the till stores of its box. */
export interface BoxRecord {
  /** The last journal row in it. */
  readonly number: number;
  readonly ended: BoxEnd | null;
  /** Digests of all frames to the end, and of the first; null from an older version. */
  readonly sums: { readonly all: string; readonly first: string } | null;
  /** This part was found, not written, and may know more than the journal; rows after `number` follow it. */
  readonly found: { readonly bytes: number; readonly number: number };
}

/** The place first: another one's box has none of this till's rows. Older versions read the first three words. */
export function recordText(place: string, { number, ended, sums, found }: BoxRecord): string {
  const end = ended === null ? '-' : `${ended.at}:${ended.tag}`;
  return [place, number, end, sums?.all ?? '-', sums?.first ?? '-', found.bytes, found.number].join(' ');
}

/** Null for another place, or none. */
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
