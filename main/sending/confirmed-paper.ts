import { type Actor, actorText } from '../kernel/actor.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Increment, TransitionsRepository } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

/**
 * The effect of a receipt that says _confirmed_ on a known entry: `held-back`: in review, never sent; `kept-beside`:
 * under way, stored as evidence; `differs`: settled otherwise here, which matching with KYBIO clears up; `known`: nothing
 * new.
 */
export type ConfirmedOutcome = 'known' | 'held-back' | 'kept-beside' | 'differs';

interface ConfirmedPapersParts {
  readonly runInTransaction: RunInTransaction;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly evidence: Pick<EvidenceRepository, 'papers' | 'keepPaper' | 'attempts' | 'wasRestored'>;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
}

export const CONFIRMED_ON_PAPER = 'receipt says confirmed';

/** What the receipt says. */
interface ConfirmedPaper {
  /** The printing till, and the entry's number there. */
  readonly till: string;
  readonly sequence: number;
  readonly origin: object | null;
  readonly before: object | null;
}

export interface ConfirmedPapers {
  /** `isPrintedHere`: by this till, in one of its current epochs. */
  scanned(entry: Increment, paper: ConfirmedPaper, isPrintedHere: boolean, who: Actor): ConfirmedOutcome;
}

export function createConfirmedPapers(parts: ConfirmedPapersParts): ConfirmedPapers {
  const { runInTransaction, transitions, evidence, journal, clock } = parts;

  /** It was sent from two tills, and both had a confirmation from KYBIO. */
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
        return 'differs';
      case 'confirmed':
        return !isPrintedHere && isCreditedTwice(entry) ? 'differs' : 'known';
    }
  };

  return {
    scanned: (entry, paper, isPrintedHere, who) =>
      runInTransaction(() => {
        const outcome = outcomeOf(entry, isPrintedHere);
        // The same receipt again, or a copy of it.
        const isSaid = evidence.papers(entry.id).confirmed !== null;
        if (outcome === 'known' || isSaid) return outcome === 'differs' ? outcome : 'known';
        const { till, sequence: number, origin, before } = paper;
        const atMs = clock.nowMs();
        evidence.keepPaper(entry.id, { confirmed: { till, number, atMs } }, atMs);
        // An entry that does not verify is never sent anyway, and keeps that cause.
        if (outcome === 'held-back' && entry.cause !== 'not-vouched-for')
          transitions.sendToReview(entry, 'from-confirmed-receipt', who);
        journal?.append({
          event: 'noted',
          actor: actorText(who),
          reason: CONFIRMED_ON_PAPER,
          content: { entry: entry.sequence, was: entry.state, outcome, till, number, origin, before },
        });
        return outcome;
      }),
  };
}
