/** No attempt takes longer: whoever sends for us aborts it then, and nothing of it is on the wire afterwards. */
export const ATTEMPT_DEADLINE_MS = 60_000;
