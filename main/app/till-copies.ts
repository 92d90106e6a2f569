import type { EntryCause } from '../../preload/contract/index.ts';
import { type Link, withPause } from '../hosts/link/index.ts';
import type { Actor } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import type { Met, MetTill, TillIdentity } from '../ledger/journal/index.ts';
import type { ForgottenSends } from '../members/index.ts';

/** Where a clone was noticed. */
export type MetWhere = 'paper' | 'z' | 'place' | 'state';

/** Clones of this till on other computers: one move file used twice, or a backup restored beside its till. */
export interface TillCopies {
  /**
   * Call it with the origin of what was read. A living clone stops sending, and everything open goes to review, for the
   * clone may have sent it. Null, an unknown origin, does nothing.
   */
  meet(met: MetTill | null, where: MetWhere): Met | null;
  /** A clone was met, and no manager has decided yet. */
  isAsked(): boolean;
  /** Stops sending, at a start with an open decision. */
  hold(): void;
  /** A manager decides for this computer: the others' epochs have ended. */
  goOnHere(who: Actor): void;
}

export interface TillCopiesParts {
  readonly db: Db;
  readonly tillIdentity: Pick<TillIdentity, 'compare' | 'open' | 'meet' | 'end'>;
  readonly outbox: Pick<OutboxRepository, 'open'>;
  readonly transitions: Pick<TransitionsRepository, 'sendToReview'>;
  readonly forgottenSends: Pick<ForgottenSends, 'begin' | 'start' | 'wokeUp'>;
  readonly link: Link;
  readonly logger: Logger;
}

/** These reviews wait for settling already, and say as much or forbid more. */
const saysEnough: ReadonlySet<EntryCause | null> = new Set([
  'restored',
  'from-receipt',
  'from-confirmed-receipt',
  'not-vouched-for',
]);

/** It may just have been sent elsewhere: people look at it after settling time, also if it is in review. */
export const isAskedAnew = ({ state, cause }: Pick<Increment, 'state' | 'cause'>): boolean =>
  state !== 'review' || !saysEnough.has(cause);

export function createTillCopies(parts: TillCopiesParts): TillCopies {
  const { db, tillIdentity, outbox, transitions, forgottenSends, link, logger } = parts;
  const hold = () => link.update((now, at) => withPause(now, 'till-copy', '', at.nowMs));
  const note = db.transaction((epoch: string, where: MetWhere) => {
    tillIdentity.meet(epoch, where);
    // The clone's sends may arrive from now on.
    forgottenSends.wokeUp();
    forgottenSends.begin();
    // The reply decides an entry that is being sent.
    for (const entry of outbox.open())
      if (entry.state !== 'sending' && isAskedAnew(entry)) transitions.sendToReview(entry, 'restored');
  });
  return {
    meet: (met, where) => {
      if (met === null) return null;
      const verdict = tillIdentity.compare(met);
      if (verdict !== 'copy' || tillIdentity.open.includes(met.epoch)) return verdict;
      logger.error('till.copy-met', { where });
      // In memory first: a full disk must not let both send.
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
