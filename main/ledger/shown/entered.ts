import type { Increment } from '../types.ts';

/**
 * Entered by somebody, who stood there for it. What a manager had sent anew, or credited again or taken back since KYBIO had
 * it otherwise, and what was taken up from a receipt, stands for an entry that was made before: its request id names that
 * one, and no money changes hands by it.
 */
export const wasEntered = ({ requestId }: Pick<Increment, 'requestId'>): boolean => !requestId.includes(':');

/** What was entered for who has that card, and is not what takes back or mends an earlier entry. */
export const isEnteredForCard = ({
  customerNumber,
  kind,
  corrects,
}: Pick<Increment, 'customerNumber' | 'kind' | 'corrects'>): boolean =>
  customerNumber !== '' && kind !== 'reversal' && corrects === null;
