import { isDeepStrictEqual } from 'node:util';
import { openSnapshot } from '../../main/app/snapshot.ts';
import type { Shown, Topic } from '../../main/kernel/room.ts';
import type { TestClock } from './clock.ts';
import type { TestTill } from './till.ts';

/** As long as a screen waits for more. */
const PUSH_DELAY_MS = 30;

/** What the mere passing of time changes is read each minute, and told by nobody. */
const byTheMinute = (shown: Shown): Shown => ({
  ...shown,
  offline: { ...shown.offline, stopped: false },
});

/**
 * A snapshot that is read again only where something is told, held against a whole new one. What `look` returns are the
 * topics that have been other than they are kept for longer than a push takes, and of which nobody told.
 */
export function keepSnapshot({ session, told }: TestTill, clock: TestClock) {
  const names = Object.keys(openSnapshot(session)).filter((name) => name !== 'mode' && name !== 'problem');
  const topics = names as readonly Topic[];
  let kept = openSnapshot(session);
  const daysNow = () => [session.kernel.today(), session.day.shownDay()];
  let days = daysNow();
  const readAtMs = new Map<Topic, number>();
  const staleSinceMs = new Map<Topic, number>();
  const changed = new Set<Topic>();
  const take = (topic: Topic, whole: Shown) => {
    if (!isDeepStrictEqual(kept[topic], whole[topic])) changed.add(topic);
    kept = { ...kept, [topic]: whole[topic] };
    readAtMs.set(topic, clock.monotonicMs());
    staleSinceMs.delete(topic);
  };
  const isAsKept = (topic: Topic, whole: Shown): boolean => {
    const isOfNow = readAtMs.get(topic) === clock.monotonicMs();
    const [before, now] = isOfNow ? [kept, whole] : [byTheMinute(kept), byTheMinute(whole)];
    return isDeepStrictEqual(before[topic], now[topic]);
  };
  return {
    /** The topics that were told, and had become others. */
    changed,
    look: (): readonly string[] => {
      const nowMs = clock.monotonicMs();
      const whole = openSnapshot(session);
      const isNewDay = !isDeepStrictEqual(daysNow(), days);
      days = daysNow();
      for (const topic of topics) {
        if (told.has(topic) || isNewDay) take(topic, whole);
        else if (isAsKept(topic, whole)) staleSinceMs.delete(topic);
        else if (!staleSinceMs.has(topic)) staleSinceMs.set(topic, nowMs);
      }
      told.clear();
      return [...staleSinceMs].flatMap(([topic, sinceMs]) =>
        nowMs - sinceMs > PUSH_DELAY_MS
          ? [`${topic}: ${JSON.stringify(kept[topic])} is ${JSON.stringify(whole[topic])}`]
          : [],
      );
    },
  };
}
