/** As many tills as may share an account, and a pace (ADR 37). */
export const MOST_TILLS = 1_000_000;
