import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock } from '../kernel/ports.ts';
import type { OutboxRepository } from './outbox-repository.ts';
import type { Recorder } from './recorder.ts';
import { createEntryTables } from './tables/entry-tables.ts';
import type { Increment } from './types.ts';

/**
 * Somebody has seen that KYBIO refused this entry. It stands in the journal (ADR 17): no clock and no restart undoes
 * it, and nobody can write it without the key. The same again changes nothing.
 *
 * Errors: entry-not-found; entry-changed, where it was not refused; database failures throw.
 */
export type Acknowledge = (id: string, actor: string) => Result<Increment>;

export function createAcknowledge(
  db: Db,
  outbox: OutboxRepository,
  clock: Clock,
  recorder: Recorder,
): Acknowledge {
  const tables = createEntryTables(db);
  const acknowledge = db.transaction((id: string, actor: string): Result<Increment> => {
    const entry = outbox.byId(id);
    const before = tables.byId(id);
    if (entry === null || before === null) return err(appError('entry-not-found'));
    if (entry.state !== 'rejected') return err(appError('entry-changed'));
    if (!entry.unacknowledged) return ok(entry);
    recorder.step(before, { event: 'acknowledged' }, clock.nowMs(), actor);
    return ok({ ...entry, unacknowledged: false });
  });
  return (id, actor) => acknowledge.immediate(id, actor);
}
