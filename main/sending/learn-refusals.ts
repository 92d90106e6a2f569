import { type Link, type LinkState, noCallsTaken } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { CAME_FREE_KEY, keepRefusal } from './learnt-refusals.ts';

const saidToAll = ({ pauses }: LinkState) => pauses.find(({ reason }) => reason === 'refuses-all');

/**
 * Keeps what this host says to every call, from the moment that it does, and learns how long it lasts by that calls come
 * free again; and at what time of its day they do.
 */
export function learnRefusals(
  link: Link,
  settings: Settings,
  clock: Pick<Clock, 'nowMs'>,
  logger: Logger,
): void {
  link.onChange((before, after) => {
    const [was, is] = [saidToAll(before), saidToAll(after)];
    const isAnswered = before.lastAnswerAtMs !== after.lastAnswerAtMs;
    const cameFree = isAnswered && noCallsTaken(before) !== null && noCallsTaken(after) === null;
    if ((was === undefined) === (is === undefined) && !cameFree) return;
    const nowMs = clock.nowMs();
    try {
      if (was === undefined && is !== undefined) keepRefusal(settings, is.words, nowMs, 0);
      if (!cameFree) return;
      if (was !== undefined) keepRefusal(settings, was.words, nowMs, Math.abs(nowMs - was.sinceMs));
      settings.set(CAME_FREE_KEY, String(nowMs));
    } catch (thrown) {
      // A disk that takes nothing now: it is learnt the next time.
      logger.warn('refusals.not-kept', { error: String(thrown) });
    }
  });
}
