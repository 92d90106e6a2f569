import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type { Clock } from '../kernel/ports.ts';
import type { Recorder } from './recorder.ts';
import { createHeldReader, heldAfter } from './tables/rows.ts';
import type { Increment } from './types.ts';

/**
 * Records in the journal that somebody saw KYBIO's refusal of this entry (ADR 17); repeating it changes nothing.
 * Errors: entry-not-found; entry-changed if it is not `rejected`; database failures throw.
 */
export type Acknowledge = (id: string, actor: string) => Result<Increment>;

export function createAcknowledge(db: Db, clock: Clock, recorder: Recorder): Acknowledge {
  const held = createHeldReader(db);
  const acknowledge = db.transaction((id: string, actor: string): Result<Increment> => {
    const before = held(id);
    if (before === null) return err(appError('entry-not-found'));
    const { entry } = before;
    if (entry.state !== 'rejected') return err(appError('entry-changed'));
    const isSeen = entry.acknowledged === 1;
    const after = isSeen ? entry : recorder.step(entry, { event: 'acknowledged' }, clock.nowMs(), actor);
    return ok(heldAfter(before, after));
  });
  return (id, actor) => acknowledge.immediate(id, actor);
}
