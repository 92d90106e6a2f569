/** How long a reading is valid, unless an entry of its member is sent. */
export const READING_GOOD_FOR_MS = 600_000;
