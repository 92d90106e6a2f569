/** Which entry of another till, or of this one before its data was lost, a receipt has brought here. */
export interface EntryOrigin {
  /** The id of the till that made it; null on a paper from before tills had one. */
  readonly till: string | null;
  /** The epoch of that till's journal in which it was made; null as above. */
  readonly epoch: string | null;
  /** The number on the paper. */
  readonly number: number | null;
}

/** Where an entry comes from, as its first row and the tables have it. */
export interface StatedOrigin {
  /** All null of what was entered here. */
  readonly origin_till: string | null;
  readonly origin_epoch: string | null;
  readonly origin_number: number | null;
  /** Who entered it; null where nobody was set up. */
  readonly person_id: string | null;
}

export const noStatedOrigin: StatedOrigin = {
  origin_till: null,
  origin_epoch: null,
  origin_number: null,
  person_id: null,
};

export const originNames = Object.keys(noStatedOrigin) as readonly (keyof StatedOrigin)[];

export const statedOrigin = (origin: EntryOrigin | null, personId: string | null): StatedOrigin => ({
  origin_till: origin?.till ?? null,
  origin_epoch: origin?.epoch ?? null,
  origin_number: origin?.number ?? null,
  person_id: personId,
});

/** The other way; null where it came from no paper. */
export function originOf(stated: StatedOrigin): EntryOrigin | null {
  const { origin_till: till, origin_epoch: epoch, origin_number: number } = stated;
  return till === null && epoch === null && number === null ? null : { till, epoch, number };
}
