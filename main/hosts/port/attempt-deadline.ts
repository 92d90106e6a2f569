/** The longest an attempt may take: the transport aborts it then, and nothing of it is sent afterwards. */
export const ATTEMPT_DEADLINE_MS = 60_000;
