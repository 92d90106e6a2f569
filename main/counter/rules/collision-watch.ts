import type { Amount, BonusRule, RuleBook } from '../../../preload/contract/index.ts';
import type { Purse } from '../../hosts/calls/index.ts';
import { loadHostProfile } from '../../hosts/index.ts';
import type { Link } from '../../hosts/link/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../../ledger/index.ts';
import type { FeedRow, JournalFeed } from '../../ledger/journal/index.ts';
import type { MemberReader } from '../../members/index.ts';
import type { CollisionRepository } from './collision-repository.ts';
import { elsewhereByLog, elsewhereByReply } from './collisions.ts';
import type { Places } from './decide.ts';
import { bonusRuleOf } from './rule-ids.ts';

/**
 * Two tills cannot hold each other to a bonus of once a day; where the host tells what others credit, this one looks
 * afterwards, and a person is told. Nothing is ever taken back by itself.
 */
export interface CollisionWatch {
  start(): void;
  stop(): void;
  /** A call may be to spare now. */
  look(): void;
  /** The host's recharge log is proven to list what tills credit. */
  readsLog(): boolean;
}

export interface CollisionWatchParts {
  readonly collisions: CollisionRepository;
  readonly feed: Pick<JournalFeed, 'subscribe'> | null;
  readonly outbox: Pick<OutboxRepository, 'bySequence' | 'byId'>;
  readonly ruleBooks: { current(): RuleBook; version(version: number): RuleBook | null };
  /** What the member held after this till's newest entry before this one, with its own since. */
  readonly afterLastReply: (entry: Increment) => { readonly balance: Amount | null } | null;
  readonly reader: Pick<MemberReader, 'log'>;
  readonly settings: Settings;
  readonly purse: Pick<Purse, 'may'>;
  readonly link: Pick<Link, 'state'>;
  readonly canCall: () => boolean;
  /** Entries wait for this till's turn among its chain's: they go first. */
  readonly isBehindEntries: () => boolean;
  readonly limits: Places;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How soon it is tried again where no call was to spare, or none was answered. */
const LATER_MS = 900_000;

/** Beyond the longest delay that was seen. */
const AFTER_ROW_MS = 1_000;

/** What could not be looked at for so long is let be. */
const LET_BE_AFTER_MS = 3 * 86_400_000;

/** The rule that gave an entry its bonus, where that is one of once a day; as it was then. */
function onceADay({ ruleBooks }: CollisionWatchParts, { terms }: Increment): BonusRule | null {
  const rule = bonusRuleOf(terms, ruleBooks.version);
  return rule?.oncePerDay === true ? rule : null;
}

export function createCollisionWatch(parts: CollisionWatchParts): CollisionWatch {
  const { collisions, feed, outbox, settings, clock, link, logger, limits } = parts;
  let isStopped = true;
  let isLooking = false;
  let forget = (): void => undefined;
  let leave = (): void => undefined;

  const logDelayMs = () => loadHostProfile(settings).log?.topUpDelayMs ?? null;
  const readsLog = () => logDelayMs() !== null;

  /** Calls that increments, questions about them, and the counter's look-ups may need are none of its own. */
  const mayAsk = () =>
    parts.canCall() &&
    link.state.reach === 'online' &&
    link.state.pauses.length === 0 &&
    !parts.isBehindEntries() &&
    parts.purse.may('matching');

  /** One entry by the host's log; false where it has to be asked again later. */
  const lookAt = async (entryId: string): Promise<boolean> => {
    const entry = outbox.byId(entryId);
    const rule = entry === null ? null : onceADay(parts, entry);
    const isOld = entry !== null && Math.abs(clock.nowMs() - entry.createdAtMs) > LET_BE_AFTER_MS;
    if (entry === null || rule === null || isOld || !readsLog()) {
      collisions.drop(entryId);
      return true;
    }
    if (!mayAsk()) return false;
    const read = await parts.reader.log(entry.customerUid, 'matching');
    if (isStopped) return false;
    if (!read.ok) {
      // What it does not answer now it will not answer for another entry either.
      if (read.error.kind === 'no-answer' || read.error.kind === 'not-connected') return false;
      if (read.error.kind !== 'paused') collisions.drop(entryId);
      return read.error.kind !== 'paused';
    }
    const own = collisions.own(entry);
    collisions.settle(entry, rule, elsewhereByLog(read.value, entry.storeDay, own, rule, limits));
    return true;
  };

  const lookIn = (delayMs: number) => {
    forget();
    forget = clock.schedule(delayMs, look);
  };

  const lookAtAll = async (): Promise<void> => {
    isLooking = true;
    try {
      for (let [next] = collisions.waiting(); next !== undefined; [next] = collisions.waiting())
        if (isStopped || !(await lookAt(next))) break;
    } finally {
      isLooking = false;
    }
    if (!isStopped && collisions.waiting().length > 0) lookIn(LATER_MS);
  };

  function look(): void {
    forget();
    if (isStopped || isLooking || collisions.waiting().length === 0) return;
    void lookAtAll().catch((thrown: unknown) => {
      logger.error('rules.collisions-failed', { error: String(thrown) });
      if (!isStopped) lookIn(LATER_MS);
    });
  }

  const hear = (rows: readonly FeedRow[]): void => {
    if (!parts.ruleBooks.current().bonus.some(({ oncePerDay }) => oncePerDay)) return;
    for (const { event, entry: sequence } of rows) {
      if (sequence === null || (event !== 'ended' && event !== 'decided')) continue;
      const entry = outbox.bySequence(sequence);
      const rule =
        entry === null || entry.state !== 'confirmed' || entry.kind === 'reversal'
          ? null
          : onceADay(parts, entry);
      if (entry === null || rule === null) continue;
      const delayMs = logDelayMs();
      if (delayMs !== null) {
        collisions.addWaiting(entry.id);
        // By then the log has its own row as well, and nobody else's is taken for it.
        lookIn(delayMs + AFTER_ROW_MS);
      } else if (collisions.wasRepliedToThatDay(entry)) {
        const known = parts.afterLastReply(entry)?.balance ?? null;
        collisions.settle(entry, rule, elsewhereByReply(known, entry.balanceBefore, rule, limits));
      }
    }
  };

  return {
    start: () => {
      isStopped = false;
      leave = feed?.subscribe(hear) ?? leave;
      look();
    },
    stop: () => {
      isStopped = true;
      leave();
      forget();
    },
    look,
    readsLog,
  };
}
