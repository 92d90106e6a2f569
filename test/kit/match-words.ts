import { type MatchReason, matchReasons } from '../../preload/contract/index.ts';

/** What to do, of each reason, as a page would say it. */
export const matchWords = Object.fromEntries(
  matchReasons.map((reason) => [reason, `What to do: ${reason}`]),
) as Record<MatchReason, string>;
