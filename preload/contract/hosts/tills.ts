/** As many tills as may share an account. */
export const MOST_TILLS = 1_000_000;
