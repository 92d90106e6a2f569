import type { Amount, BonusRule, RuleBook } from '../../../preload/contract/index.ts';
import type { CallBudget } from '../../hosts/calls/index.ts';
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
 * Tills cannot enforce a once-a-day bonus on each other: if the host shows other tills' credits, this checks
 * afterwards and notifies a person. Nothing is taken back automatically.
 */
export interface CollisionWatch {
  start(): void;
  stop(): void;
  /** A call may be available now. */
  look(): void;
  /** Whether the host's log is proven to list increments. */
  readsLog(): boolean;
}

interface CollisionWatchParts {
  readonly collisions: CollisionRepository;
  readonly feed: Pick<JournalFeed, 'subscribe'> | null;
  readonly outbox: Pick<OutboxRepository, 'bySequence' | 'byId'>;
  readonly ruleBooks: { current(): RuleBook; version(version: number): RuleBook | null };
  /** The sums after this till's last entry before this one, plus ours since. */
  readonly afterLastReply: (entry: Increment) => { readonly balance: Amount | null } | null;
  readonly reader: Pick<MemberReader, 'log'>;
  readonly settings: Settings;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly link: Pick<Link, 'state'>;
  readonly canCall: () => boolean;
  /** Entries wait for this till's send slot: they go first. */
  readonly isBehindEntries: () => boolean;
  readonly limits: Places;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Retry interval without a call or an answer. */
const LATER_MS = 900_000;

/** Added to the longest delay seen. */
const AFTER_ROW_MS = 1_000;

/** Older entries are no longer checked. */
const LET_BE_AFTER_MS = 3 * 86_400_000;

/** The once-a-day rule of an entry's bonus, as it was then; null for others. */
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

  /** Uses no call that increments, their investigation or look-ups may need. */
  const mayAsk = () =>
    parts.canCall() &&
    link.state.reach === 'online' &&
    link.state.pauses.length === 0 &&
    !parts.isBehindEntries() &&
    parts.callBudget.may('matching');

  /** Checks an entry by the log; false to retry later. */
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
      // No answer now, for other entries either.
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
        // By then the log has this entry's own row too.
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
