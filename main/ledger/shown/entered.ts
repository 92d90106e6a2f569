import type { Increment } from '../types.ts';

/**
 * Entered at the counter. Replacements and imports stand for an earlier entry, which their request id
 * names, and move no money.
 */
export const wasEntered = ({ requestId }: Pick<Increment, 'requestId'>): boolean => !requestId.includes(':');

/** Entered for the holder of the card, and no reversal. */
export const isEnteredForCard = ({
  customerNumber,
  kind,
  corrects,
}: Pick<Increment, 'customerNumber' | 'kind' | 'corrects'>): boolean =>
  customerNumber !== '' && kind !== 'reversal' && corrects === null;
