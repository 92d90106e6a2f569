/** A reading is good for so long, and as long as no entry of its member is sent. */
export const READING_GOOD_FOR_MS = 600_000;
