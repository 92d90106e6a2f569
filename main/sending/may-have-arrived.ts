import type { EntryCause } from '../../preload/contract/index.ts';
import type { Phase } from '../hosts/port/index.ts';

/** Refused before processing (protocol, "What an attempt's end means"). */
const refusals = [
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'refused-status',
] as const satisfies readonly EntryCause[];

const isRefusal = (cause: string | null): boolean => refusals.some((refusal) => refusal === cause);

/**
 * Whether KYBIO may have applied this attempt: not if it never left or was refused before processing. A lost one that
 * was decided has the outcome `not-applied` too; its cause tells the difference.
 */
export const mayHaveArrived = ({
  phase,
  outcome,
  cause,
}: {
  readonly phase: Phase;
  readonly outcome: string | null;
  readonly cause: string | null;
}): boolean => phase !== 'connecting' && !(outcome === 'not-applied' && isRefusal(cause));
