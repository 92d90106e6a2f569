import type { DirectoryRepository } from '../members/directory-repository.ts';
import type { MemberReader, MemberReading } from '../members/member-reader.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';

export interface ProbeParts {
  readonly outbox: Pick<OutboxRepository, 'unknown'>;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly reader: Pick<MemberReader, 'byNumber' | 'byUid'>;
}

/** A card that nobody has: what KYBIO says of it hangs on no member's record. */
const NO_CARD = '0';

const isAnswered = (reading: MemberReading): boolean => reading.ok || reading.isAnswered;

/**
 * Asks KYBIO one harmless thing: about the member whose answer was lost (rule 7: that member's evidence
 * first), else about a card that nobody has. Where the member brought no answer the card comes next, so that
 * one record that KYBIO cannot give holds nobody else.
 */
export function createProbe({ outbox, directory, reader }: ProbeParts): () => Promise<void> {
  /** The entry about whose member KYBIO was asked in vain. */
  let inVain: string | null = null;
  return async () => {
    const [lost] = outbox.unknown();
    if (lost === undefined || lost.id === inVain) {
      const reading = await reader.byNumber(NO_CARD, 'probe');
      // Nothing is answered: then it was not the member's record.
      if (!isAnswered(reading)) inVain = null;
      return;
    }
    const number = directory.byUid(lost.customerUid)?.number ?? '';
    const reading =
      number === '' ? await reader.byUid(lost.customerUid, 'probe') : await reader.byNumber(number, 'probe');
    inVain = isAnswered(reading) ? null : lost.id;
  };
}
