import { z } from 'zod';
import { learntOf, loadHostProfile } from '../hosts/index.ts';
import type { LearntWords } from '../hosts/port/index.ts';
import { parsedOnce, readJson } from '../kernel/database/read-json.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import { saidIn } from '../kernel/squeeze.ts';

/** What a host has said to every call, as `saidIn` leaves it. */
const refusalSchema = z.object({
  said: z.string().min(1),
  metAtMs: z.number(),
  /** How long it was said to every call, the longest time. */
  longestMs: z.number(),
});
export type Refusal = z.infer<typeof refusalSchema>;

export const REFUSALS_KEY = 'host.refusals';
/** When this host took calls again the last time after it had taken none. */
export const CAME_FREE_KEY = 'host.cameFreeAtMs';
/** When this till asked the last time while it took none: kept, so that neither a start nor a night costs or loses a turn. */
const ASKED_AGAIN_KEY = 'host.askedAgainAtMs';

const MOST = 8;
/** What lasts less may be the trouble of a minute, and is asked about as such the next time too. */
const LIKE_A_QUOTA_MS = 3_600_000;

/** What does not parse is as if it were not there: then it is learnt once more. */
const refusalsIn = parsedOnce((text): readonly Refusal[] => {
  const parsed = refusalSchema.array().safeParse(readJson(text));
  return parsed.success ? parsed.data : [];
});
export const loadRefusals = (settings: Pick<Settings, 'get'>): readonly Refusal[] =>
  refusalsIn(settings.get(REFUSALS_KEY));

/** That all calls were refused in these words, so long by now. Words that say nothing are not kept. */
export function keepRefusal(settings: Settings, words: string, nowMs: number, lastedMs: number): void {
  const said = saidIn([words]);
  if (said === '') return;
  const known = loadRefusals(settings);
  const before = known.find((one) => one.said === said);
  const kept: Refusal = { said, metAtMs: nowMs, longestMs: Math.max(before?.longestMs ?? 0, lastedMs) };
  const others = known.filter((one) => one.said !== said);
  settings.set(REFUSALS_KEY, JSON.stringify([...others, kept].slice(-MOST)));
}

/** Whether this was once said to every call: then it says nothing of the one entry that met it. */
export const wasSaidToAll = (settings: Pick<Settings, 'get'>, messages: readonly string[]): boolean =>
  loadRefusals(settings).some(({ said }) => said === saidIn(messages));

/** What this host has taught: the check-up, and what it said to every call until calls came free by themselves. */
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

/** Null where this host was not seen to take calls again yet. */
export const cameFreeAtMs = (settings: Pick<Settings, 'get'>): number | null =>
  momentOf(settings.get(CAME_FREE_KEY));

/** Null where it has never asked while this host took no calls. */
export const askedAgainAtMs = (settings: Pick<Settings, 'get'>): number | null =>
  momentOf(settings.get(ASKED_AGAIN_KEY));

export const keepAskedAgain = (settings: Pick<Settings, 'set'>, atMs: number): void =>
  settings.set(ASKED_AGAIN_KEY, String(atMs));

function momentOf(text: string | null): number | null {
  const atMs = text === null ? Number.NaN : Number(text);
  return Number.isFinite(atMs) ? atMs : null;
}
