import type { EntryCause } from '../../preload/contract/index.ts';
import { type Link, withPause } from '../hosts/link/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import type { Met, MetTill, TillIdentity } from '../ledger/journal/index.ts';
import type { ForgottenSends } from '../members/index.ts';

/** What was read when a copy of this till was met. */
export type MetWhere = 'paper' | 'z' | 'place';

/** A copy of this till that lives on another computer: one move file on two PCs, or a backup put back beside its till. */
export interface TillCopies {
  /**
   * Something was read that says which till wrote it. Where that is a living copy of this one, nothing is sent from then
   * on, and all that is open is a manager's: the copy may have sent it. Null (nothing is said) tells nothing.
   */
  meet(met: MetTill | null, where: MetWhere): Met | null;
  /** Whether one was met and nobody has said yet which of the two goes on. */
  isAsked(): boolean;
  /** Stops sending; at a start where that is still asked. */
  hold(): void;
  /** A manager says that this computer goes on: what the others wrote is known from now on. */
  goOnHere(who: Actor): void;
}

export interface TillCopiesParts {
  readonly db: Db;
  readonly tillIdentity: Pick<TillIdentity, 'judge' | 'open' | 'meet' | 'end'>;
  readonly outbox: Pick<OutboxRepository, 'open'>;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly forgottenSends: Pick<ForgottenSends, 'begin' | 'start' | 'wokeUp'>;
  readonly link: Link;
  readonly logger: Logger;
}

/** In review these wait for quiescence already, and say as much or forbid more. */
const saysEnough: ReadonlySet<EntryCause | null> = new Set([
  'restored',
  'from-receipt',
  'from-confirmed-receipt',
  'not-vouched-for',
]);

/** It may have been sent elsewhere a moment ago: a person looks once nothing of it can arrive any more, in review too. */
export const isAskedAnew = ({ state, cause }: Pick<Increment, 'state' | 'cause'>): boolean =>
  state !== 'review' || !saysEnough.has(cause);

export function createTillCopies(parts: TillCopiesParts): TillCopies {
  const { db, tillIdentity, outbox, transitions, forgottenSends, link, logger } = parts;
  const hold = () => link.update((now, at) => withPause(now, 'till-copy', '', at.nowMs));
  const note = db.transaction((epoch: string, where: MetWhere) => {
    tillIdentity.meet(epoch, where);
    // What the copy has sent may arrive from now on as from a start.
    forgottenSends.wokeUp();
    forgottenSends.begin();
    // What is on its way is decided by its answer.
    for (const entry of outbox.open())
      if (entry.state !== 'sending' && isAskedAnew(entry)) transitions.sendToReview(entry, 'restored');
  });
  return {
    meet: (met, where) => {
      if (met === null) return null;
      const verdict = tillIdentity.judge(met);
      if (verdict !== 'copy' || tillIdentity.open.includes(met.epoch)) return verdict;
      logger.error('till.copy-met', { where });
      // First what holds in this process: a full disk must not let a copy be sent beside.
      hold();
      try {
        note.immediate(met.epoch, where);
        forgottenSends.start();
      } catch (thrown) {
        if (databaseFailure(thrown) === null) throw thrown;
        logger.error('till.copy-not-noted', { error: String(thrown) });
      }
      return verdict;
    },
    isAsked: () => tillIdentity.open.length > 0,
    hold,
    goOnHere: (who) => tillIdentity.end(tillIdentity.open, who),
  };
}
