/**
 * Counts the attempts of this process per member, to tell whether a send lies between two readings. No other process
 * sends, and readings from before a start are never compared with later ones.
 */
export interface BegunSends {
  begin(customerUid: string): void;
  /** The number of the newest attempt, or one of before where that is long ago. */
  of(customerUid: string): number;
  ofAll(): number;
}

const MOST_MEMBERS = 1_000;

export function createBegunSends(most = MOST_MEMBERS): BegunSends {
  let begun = 0;
  /** Insertion order is oldest first. */
  const newest = new Map<string, number>();
  /** Number of the newest dropped member; stands for all dropped ones. */
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
