import type { EntryCause } from '../../preload/contract/index.ts';
import type { Phase } from '../hosts/port/index.ts';

/** Refused before processing (protocol, "What an attempt's end means"). */
const refusals = [
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'refused-status',
  'overloaded',
] as const satisfies readonly EntryCause[];

const isRefusal = (cause: string | null): boolean => refusals.some((refusal) => refusal === cause);

/**
 * Whether KYBIO may have applied what this attempt sent. One that never left, and one that it refused before processing,
 * left nothing there. One that was lost and then decided has the outcome `not-applied` too, and may have come all the same:
 * its cause tells.
 */
export const mayHaveCome = ({
  phase,
  outcome,
  cause,
}: {
  readonly phase: Phase;
  readonly outcome: string | null;
  readonly cause: string | null;
}): boolean => phase !== 'connecting' && !(outcome === 'not-applied' && isRefusal(cause));

/** The same of a row `a` of the table of attempts. */
export const mayHaveComeSql = `(a.phase <> 'connecting' AND NOT (COALESCE(a.outcome, '') = 'not-applied'
  AND COALESCE(a.cause, '') IN (${refusals.map((cause) => `'${cause}'`).join(', ')})))`;
