import { z } from 'zod';
import {
  type Approval,
  appError,
  type ClosedTill,
  err,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import { readTillLine } from '../../ledger/journal/index.ts';
import { comeBack, MOVED_AWAY, NEVER_OPENED, OTHER_GOES_ON, retire } from '../retired.ts';
import {
  type ClosedRecords,
  isUnreadable,
  type KeyedParts,
  noting,
  type OpenRecords,
  withKeys,
} from './closed-records.ts';

const fileSchema = z.object({ folder: z.string(), file: z.string() });
const openSchema = z.object({ open: z.number().int().nonnegative() });

/** The move that retired this till; null where a clone's decision did, or it is at home here. */
function moveOf({ read, isRetired }: OpenRecords) {
  const [move] = read.notes(MOVED_AWAY, { limit: 1 });
  const [stood] = read.notes(OTHER_GOES_ON, { limit: 1 });
  return !isRetired || move === undefined || (stood?.number ?? 0) > move.number ? null : move;
}

function movedOf(records: OpenRecords): ClosedTill['moved'] {
  const move = moveOf(records);
  if (move === null) return null;
  const content = fileSchema.safeParse(move.content);
  const counted = openSchema.safeParse(move.content);
  return {
    atMs: move.atMs,
    file: content.success ? content.data : null,
    open: counted.success ? counted.data.open : null,
  };
}

/**
 * The move that took the till away, and whose approval a restore needs; nothing where the records are missing or
 * unreadable. Errors: those of `work` for readable records.
 */
export async function closedTill(records: ClosedRecords, isDamaged: boolean): Promise<Result<ClosedTill>> {
  const found = await records.work((open) => ok({ moved: movedOf(open), ...records.asked(isDamaged) }));
  if (found.ok || !isUnreadable(found.error)) return found;
  return ok({ moved: null, asks: 'nobody', managers: [] });
}

/** Errors: `not-moved`, `key-lost`, those of a wrong PIN and of `work`. */
export const proveNeverOpened = (
  records: ClosedRecords,
  proof: string | Approval | undefined,
): Promise<Result<Actor>> =>
  records.work((open) => {
    if (moveOf(open) === null) return err(appError('not-moved'));
    // Nothing could be journaled.
    return open.journal === null ? err(appError('key-lost')) : records.proven(proof, NEVER_OPENED);
  });

/**
 * A manager, already verified, says that the move was never used: the till is at home here again. The next start sends
 * everything open to review and begins an epoch, so that a till from the file is recognised as a clone. Errors:
 * `not-moved`, `key-lost`, those of `work`.
 */
export function neverOpened(
  records: ClosedRecords,
  who: Actor,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<Result<Record<string, never>>> {
  return records.work((open) => {
    const { journal } = open;
    if (moveOf(open) === null) return err(appError('not-moved'));
    if (journal === null) return err(appError('key-lost'));
    noting(open, journal, who)(NEVER_OPENED, {}, (to) => comeBack(to, clock.nowMs()));
    logger.warn('till.came-back');
    return ok({});
  });
}

/**
 * A manager decided that this till's clone on another computer continues: this one is retired as after a move. Errors:
 * `key-lost`, `no-copy` where none was met, those of opening, `backup-failed`.
 */
export const standDown = (parts: KeyedParts, who: Actor): Promise<Result<Record<string, never>>> =>
  withKeys(parts, who, ({ db, note }) => {
    const epochs = readTillLine(db)?.open ?? [];
    if (epochs.length === 0) return err(appError('no-copy'));
    note(OTHER_GOES_ON, { epochs }, (to) => retire(to, parts.clock.nowMs()));
    parts.logger.warn('till.stands-down');
    return ok({});
  });
