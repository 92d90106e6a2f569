/**
 * Which attempts this till has begun since it was opened: no other process sends, and what was read before a start is
 * not held against what is read after it.
 */
export interface BegunSends {
  /** An attempt for this member was committed. */
  begin(customerUid: string): void;
  /** Another number than before wherever an attempt was begun in between. */
  of(customerUid: string): number;
  ofAll(): number;
}

/** More members than are sent to while one reading is under way. */
const MOST_MEMBERS = 1_000;

export function createBegunSends(most = MOST_MEMBERS): BegunSends {
  let begun = 0;
  /** By member, the newest first seen last. */
  const newest = new Map<string, number>();
  /** The newest of those that are not kept: they are taken for begun at one moment. */
  let forgotten = 0;
  return {
    begin: (customerUid) => {
      begun += 1;
      newest.delete(customerUid);
      newest.set(customerUid, begun);
      const [oldest] = newest;
      if (newest.size <= most || oldest === undefined) return;
      newest.delete(oldest[0]);
      forgotten = oldest[1];
    },
    of: (customerUid) => newest.get(customerUid) ?? forgotten,
    ofAll: () => begun,
  };
}
