import { z } from 'zod';
import { daySchema } from '../../../preload/contract/index.ts';
import { parsedOnce, readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { addDays } from '../../kernel/store-time.ts';
import type { CallCountDay, MemberHost, Read } from '../port/member-host.ts';
import type { Numbering } from '../send-second.ts';
import type { CallPurpose } from './call-budget.ts';
import type { CallMeter } from './call-meter-repository.ts';

/** The host's last count of the account's calls, of all its callers. */
export const CALL_COUNT_KEY = 'purse.count';
/** The turn of the last query: one a turn, across restarts. */
export const COUNT_QUERIED_KEY = 'purse.countAsked';

/** The host accepts no longer range: a week before the day itself. */
const DAYS_BEFORE = 7;

const calls = z.number().int().min(0).max(1_000_000_000);
const countedDay = z.object({ day: daySchema, limit: calls.nullable(), used: calls });

const callCountSchema = countedDay.extend({
  /** This till's own calls of that day, when the host reported. */
  mine: calls,
  atMs: z.number().int().nonnegative(),
  /** Earlier days, oldest first, as far as the host reported them. */
  before: z.array(countedDay).max(DAYS_BEFORE),
});
export type CallCount = z.infer<typeof callCountSchema>;

/** The stored count, of any day; null where there is none or it cannot be parsed. */
export const loadCallCount = (settings: Pick<Settings, 'get'>): CallCount | null =>
  countIn(settings.get(CALL_COUNT_KEY));

const countIn = parsedOnce((text): CallCount | null => {
  const parsed = callCountSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
});

/** The part of an answer to store; null where it says nothing of today, as from a host that counts late. */
export function storedCount(
  told: readonly CallCountDay[],
  { today, mine, atMs }: { readonly today: string; readonly mine: number; readonly atMs: number },
): CallCount | null {
  const now = told.find(({ day }) => day === today);
  return now === undefined ? null : { ...now, mine, atMs, before: told.filter(({ day }) => day < today) };
}

/**
 * Queries today's count and the week before's, which is a call itself. The link is not updated: a host may not offer
 * this call, and its result says nothing of increments.
 */
export async function askCallCount(
  { client, meter }: { readonly client: () => MemberHost; readonly meter: CallMeter },
  today: string,
  purpose: CallPurpose,
): Promise<Read<readonly CallCountDay[]>> {
  const release = meter.reserve();
  const answer = await client().readCallCount(addDays(today, -DAYS_BEFORE), today).finally(release);
  if (answer.exchange.phase !== 'connecting') meter.count(purpose);
  return answer;
}

/** Start of the day's turns in minutes of the store's day: noon, afternoon, evening. */
const TURNS = [11 * 60, 15 * 60, 19 * 60];
const TURN_MINUTES = 60;
/** Spreads the tills of many accounts over some minutes. */
const SPREAD_MINUTES = 30;
const DAY_MS = 86_400_000;

/**
 * The turn, counted from 1970, in which this till queries for its account at this minute of the store's day; null
 * where it is another till's or no turn. A missed turn is skipped.
 */
export function countTurn(
  { day, minute }: { readonly day: string; readonly minute: number },
  { tillNumber, tillCount }: Numbering,
): number | null {
  const place = TURNS.findLastIndex((beginsAt) => beginsAt <= minute);
  const into = minute - (TURNS[place] ?? Number.POSITIVE_INFINITY);
  if (into < tillNumber % SPREAD_MINUTES || into >= TURN_MINUTES) return null;
  const turn = (TURNS.length * Date.parse(`${day}T00:00:00Z`)) / DAY_MS + place;
  return (turn % tillCount) + 1 === tillNumber ? turn : null;
}
