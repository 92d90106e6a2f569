import type { Entry } from '../../preload/contract/index.ts';
import { entryView } from '../counter/entry-view.ts';
import type { Increment } from '../outbox/types.ts';
import type { Session } from './session.ts';

/** Entries as the screen shows them; who holds whom is read once for all of them. */
export function viewsOf(
  { outbox, config }: Pick<Session, 'outbox' | 'config'>,
  increments: readonly Increment[],
): Entry[] {
  const holders = outbox.holders();
  return increments.map((increment) => entryView(increment, config.storeTimeZone, holders));
}
