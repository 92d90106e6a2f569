import { addAmounts, compareAmounts } from '../../preload/contract/index.ts';
import { loadHostProfile } from '../hosts/index.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../ledger/index.ts';
import { isOlderContent, type SumsSeen, sumsSeenIn } from './doubt-content.ts';
import type { DoubtRepository, OpenDoubt } from './doubts.ts';
import type { OddSumsRepository } from './odd-sums.ts';

interface OlderDoubtsParts {
  readonly outbox: Pick<OutboxRepository, 'byId'>;
  readonly doubts: Pick<DoubtRepository, 'waiting' | 'resolve' | 'mayBeThereTwice'>;
  readonly oddSums: Pick<OddSumsRepository, 'note'>;
  readonly runInTransaction: (write: () => void) => void;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Closes questions of older versions that are no longer asked, before anybody answers them (ADR 54). */
export function closeOlderDoubts(parts: OlderDoubtsParts): void {
  try {
    closeAll(parts);
  } catch (thrown) {
    // A disk failure keeps no till from opening: the next start retries.
    if (databaseFailure(thrown) === null) throw thrown;
    parts.logger.warn('doubts.not-closed', { error: String(thrown) });
  }
}

function closeAll(parts: OlderDoubtsParts): void {
  const { outbox, doubts, oddSums, clock } = parts;
  for (const doubt of doubts.waiting()) {
    const [entry, seenBy] = [outbox.byId(doubt.entryId), outbox.byId(doubt.seenBy)];
    const seen = sumsSeenIn(doubt.content);
    if (entry === null || seenBy === null || seen === null) continue;
    if (!isOlderContent(doubt.content) || !isAskedNoMore(parts, doubt, { entry, seenBy, seen })) continue;
    parts.runInTransaction(() => {
      oddSums.note({ ...seen, entry, seenBy, kind: 'no-longer-asked' });
      doubts.resolve(doubt.id, 'dismissed', clock.nowMs());
    });
  }
}

interface About {
  readonly entry: Increment;
  readonly seenBy: Increment;
  readonly seen: SumsSeen;
}

function isAskedNoMore(
  { doubts, settings }: OlderDoubtsParts,
  { kind }: OpenDoubt,
  { entry, seenBy, seen }: About,
): boolean {
  // A duplicate answer has no sums: its question stays open.
  const isOfWord = seenBy.id === entry.id && seenBy.balanceBefore === null && seenBy.pointBefore === null;
  if (kind === 'possible-missing') return !isOfWord;
  return isMadeUp(entry, seen) && !doubts.mayBeThereTwice(entry.id, loadHostProfile(settings));
}

/** Whether the compared sums are derived from each other, as older versions stored them, and prove nothing. */
function isMadeUp({ balanceIncrement, pointIncrement }: Increment, { known, read }: SumsSeen): boolean {
  const parts = [
    { was: known.balance, is: read.balance, added: balanceIncrement },
    { was: known.point, is: read.point, added: pointIncrement },
  ];
  return parts.every(
    ({ was, is, added }) =>
      was === null ||
      is === null ||
      compareAmounts(was, is) === 0 ||
      compareAmounts(addAmounts(was, added), is) === 0,
  );
}
