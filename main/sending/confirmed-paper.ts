import { type Actor, actorText } from '../kernel/actor.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Increment, TransitionsRepository } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { DoubtRepository, PaperFollowUp } from './doubts.ts';
import type { EvidenceRepository } from './evidence-repository.ts';

/**
 * The effect of a receipt that says _confirmed_ on a known entry: `held-back`: in review, never sent; `kept-beside`:
 * under way, stored as evidence; `asked`: a manager is asked; `known`: nothing new.
 */
export type ConfirmedOutcome = 'known' | 'held-back' | 'kept-beside' | 'asked';

interface ConfirmedPapersParts {
  readonly runInTransaction: RunInTransaction;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly evidence: Pick<EvidenceRepository, 'papers' | 'keepPaper' | 'attempts' | 'wasRestored'>;
  readonly doubts: Pick<DoubtRepository, 'open' | 'standing'>;
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

export interface ConfirmedPapers extends PaperFollowUp {
  /** `isPrintedHere`: by this till, in one of its current epochs. */
  scanned(entry: Increment, paper: ConfirmedPaper, isPrintedHere: boolean, who: Actor): ConfirmedOutcome;
}

export function createConfirmedPapers(parts: ConfirmedPapersParts): ConfirmedPapers {
  const { runInTransaction, transitions, evidence, doubts, journal, clock } = parts;

  /** A second way in, and both tills had a confirmation from KYBIO. */
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
    // Already taken back.
    if (doubts.standing(doubtOf(entry)) === 'corrected') return;
    doubts.open(doubtOf(entry), entry.id, atMs, { paper: { till, number } });
  };

  return {
    scanned: (entry, paper, isPrintedHere, who) =>
      runInTransaction(() => {
        const outcome = outcomeOf(entry, isPrintedHere);
        const isAskedAnew = outcome === 'asked' && doubts.standing(doubtOf(entry)) === null;
        // The same receipt again, or a copy of it.
        const isSaid = evidence.papers(entry.id).confirmed !== null && !isAskedAnew;
        if (outcome === 'known' || isSaid) return 'known';
        const { till, sequence: number, origin, before } = paper;
        const atMs = clock.nowMs();
        evidence.keepPaper(entry.id, { confirmed: { till, number, atMs } }, atMs);
        // An entry that does not verify is never sent anyway, and keeps that cause.
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
      // Scanned before this till knew the end, so not printed here.
      if (confirmed !== null && outcomeOf(entry, false) === 'asked') ask(entry, confirmed, clock.nowMs());
    },
  };
}
