import { type Actor, actorText } from '../kernel/actor.ts';
import type { Together } from '../kernel/database/together.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Increment, TransitionsRepository } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { DoubtRepository, PapersBeside } from './doubts.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

/**
 * What comes of a receipt that says *confirmed*, of an entry that is known here: it is held for a person and never sent
 * (`held-back`); it is on its way, and the paper is evidence (`kept-beside`); a manager is asked (`asked`); or it says
 * nothing new (`known`).
 */
export type ConfirmedOutcome = 'known' | 'held-back' | 'kept-beside' | 'asked';

export interface ConfirmedPapersParts {
  /** All that one paper brings about is committed together. */
  readonly together: Together;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly evidence: Pick<EvidenceRepository, 'papers' | 'keepPaper' | 'attempts' | 'wasRestored'>;
  readonly doubts: Pick<DoubtRepository, 'open' | 'standing'>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** The note in the journal. */
export const CONFIRMED_ON_PAPER = 'receipt says confirmed';

/** What the paper says that counts here; all else goes into the journal as it is. */
export interface ConfirmedPaper {
  /** The till that printed it, and the entry's number there. */
  readonly till: string;
  readonly sequence: number;
  readonly origin: object | null;
  readonly before: object | null;
}

export interface ConfirmedPapers extends PapersBeside {
  /** `isPrintedHere`: by this till, with the record that it has now. */
  scanned(entry: Increment, paper: ConfirmedPaper, isPrintedHere: boolean, who: Actor): ConfirmedOutcome;
}

export function createConfirmedPapers(parts: ConfirmedPapersParts): ConfirmedPapers {
  const { together, transitions, evidence, doubts, journal, clock } = parts;

  /** It had a second way in, and both the till of the paper and this one have it from KYBIO that it was credited. */
  const isCreditedTwice = ({ id }: Increment): boolean =>
    evidence.wasRestored(id) && evidence.attempts(id).some(({ outcome }) => outcome === 'applied');

  const outcomeOf = (entry: Increment, isPrintedHere: boolean): ConfirmedOutcome => {
    switch (entry.state) {
      case 'queued':
      case 'review':
        return 'held-back';
      case 'sending':
      case 'unknown':
        return 'kept-beside';
      case 'cancelled':
      case 'rejected':
        return 'asked';
      case 'confirmed':
        return !isPrintedHere && isCreditedTwice(entry) ? 'asked' : 'known';
    }
  };

  const doubtOf = ({ id }: Increment) => ({ entryId: id, kind: 'possible-double' }) as const;

  const ask = (entry: Increment, { till, number }: { till: string; number: number }, atMs: number) => {
    // What was taken back already is not taken back once more.
    if (doubts.standing(doubtOf(entry)) === 'corrected') return;
    doubts.open(doubtOf(entry), entry.id, atMs, { paper: { till, number } });
  };

  return {
    scanned: (entry, paper, isPrintedHere, who) =>
      together(() => {
        const outcome = outcomeOf(entry, isPrintedHere);
        const isAskedAnew = outcome === 'asked' && doubts.standing(doubtOf(entry)) === null;
        // The same paper again, or another print of it: everything was said.
        const isSaid = evidence.papers(entry.id).confirmed !== null && !isAskedAnew;
        if (outcome === 'known' || isSaid) return 'known';
        const { till, sequence: number, origin, before } = paper;
        const atMs = clock.nowMs();
        evidence.keepPaper(entry.id, { confirmed: { till, number, atMs } }, atMs);
        // What nothing vouches for is never sent either way, and has to say so.
        if (outcome === 'held-back' && entry.cause !== 'not-vouched-for')
          transitions.sendToReview(entry, 'from-confirmed-receipt', who);
        if (outcome === 'asked') ask(entry, { till, number }, atMs);
        journal?.append({
          event: 'noted',
          actor: actorText(who),
          reason: CONFIRMED_ON_PAPER,
          content: { entry: entry.sequence, was: entry.state, outcome, till, number, origin, before },
        });
        return outcome;
      }),
    settled: (entry) => {
      const { confirmed } = evidence.papers(entry.id);
      // It was scanned before this till knew the end, so what it says is not of here.
      if (confirmed !== null && outcomeOf(entry, false) === 'asked') ask(entry, confirmed, clock.nowMs());
    },
  };
}
