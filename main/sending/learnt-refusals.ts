import { z } from 'zod';
import { learntOf, loadHostProfile } from '../hosts/index.ts';
import { callsRefusedPause, type Link, type LinkState } from '../hosts/link/index.ts';
import type { LearntWords } from '../hosts/port/index.ts';
import { parsedOnce, readJson } from '../kernel/database/read-json.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { comparableText } from '../kernel/squeeze.ts';

/** Words that a host gave to every call, as `comparableText` normalizes them. */
const refusalSchema = z.object({
  said: z.string().min(1),
  metAtMs: z.number(),
  /** The longest time for which it lasted. */
  longestMs: z.number(),
});
export type Refusal = z.infer<typeof refusalSchema>;

const REFUSALS_KEY = 'host.refusals';
/** When this host last took calls again. */
const CAME_FREE_KEY = 'host.cameFreeAtMs';
/** When this till last asked while it took none; stored, so that a restart neither costs nor loses a turn. */
const ASKED_AGAIN_KEY = 'host.askedAgainAtMs';

const MOST = 8;
/** Shorter refusals may be a passing problem, and count as such next time. */
const LIKE_A_QUOTA_MS = 3_600_000;

/** Unreadable data reads as none, and is learnt again. */
const refusalsIn = parsedOnce((text): readonly Refusal[] => {
  const parsed = refusalSchema.array().safeParse(readJson(text));
  return parsed.success ? parsed.data : [];
});
const loadRefusals = (settings: Pick<Settings, 'get'>): readonly Refusal[] =>
  refusalsIn(settings.get(REFUSALS_KEY));

/** Stores that all calls were refused in these words, for `lastedMs` so far; empty words are not stored. */
function keepRefusal(settings: Settings, words: string, nowMs: number, lastedMs: number): void {
  const said = comparableText([words]);
  if (said === '') return;
  const known = loadRefusals(settings);
  const before = known.find((one) => one.said === said);
  const kept: Refusal = { said, metAtMs: nowMs, longestMs: Math.max(before?.longestMs ?? 0, lastedMs) };
  const others = known.filter((one) => one.said !== said);
  settings.set(REFUSALS_KEY, JSON.stringify([...others, kept].slice(-MOST)));
}

/** Whether these words were once given to every call: then they are not about this entry. */
export const wasAccountWide = (settings: Pick<Settings, 'get'>, messages: readonly string[]): boolean =>
  loadRefusals(settings).some(({ said }) => said === comparableText(messages));

/** Words learnt by the check-up, and from refusals of all calls that ended by themselves. */
export const learntWordsOf = (settings: Settings): readonly LearntWords[] => [
  ...learntOf(loadHostProfile(settings)),
  ...loadRefusals(settings)
    .filter(({ longestMs }) => longestMs >= LIKE_A_QUOTA_MS)
    .map(
      ({ said, metAtMs }): LearntWords => ({
        category: 'refuses-all',
        words: [said],
        whole: true,
        isGist: true,
        source: 'said to every call',
        date: new Date(metAtMs).toISOString().slice(0, 10),
      }),
    ),
];

/** Null if never seen. */
export const cameFreeAtMs = (settings: Pick<Settings, 'get'>): number | null =>
  momentOf(settings.get(CAME_FREE_KEY));

/** Null if it never asked. */
export const askedAgainAtMs = (settings: Pick<Settings, 'get'>): number | null =>
  momentOf(settings.get(ASKED_AGAIN_KEY));

export const keepAskedAgain = (settings: Pick<Settings, 'set'>, atMs: number): void =>
  settings.set(ASKED_AGAIN_KEY, String(atMs));

function momentOf(text: string | null): number | null {
  const atMs = text === null ? Number.NaN : Number(text);
  return Number.isFinite(atMs) ? atMs : null;
}

const saidToAll = ({ pauses }: LinkState) => pauses.find(({ reason }) => reason === 'refuses-all');

/** Learns from the link which words refuse all calls, how long they last, and when calls become available again. */
export function learnRefusals(
  link: Link,
  settings: Settings,
  clock: Pick<Clock, 'nowMs'>,
  logger: Logger,
): void {
  link.onChange((before, after) => {
    const [was, is] = [saidToAll(before), saidToAll(after)];
    const isAnswered = before.lastAnswerAtMs !== after.lastAnswerAtMs;
    const cameFree = isAnswered && callsRefusedPause(before) !== null && callsRefusedPause(after) === null;
    if ((was === undefined) === (is === undefined) && !cameFree) return;
    const nowMs = clock.nowMs();
    try {
      if (was === undefined && is !== undefined) keepRefusal(settings, is.words, nowMs, 0);
      if (!cameFree) return;
      if (was !== undefined) keepRefusal(settings, was.words, nowMs, Math.abs(nowMs - was.sinceMs));
      settings.set(CAME_FREE_KEY, String(nowMs));
    } catch (thrown) {
      // A disk that refuses: learnt the next time.
      logger.warn('refusals.not-kept', { error: String(thrown) });
    }
  });
}
