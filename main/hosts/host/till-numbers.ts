import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { isSecondOf, MOST_OWN_SECONDS, type Numbering, shareSeconds } from '../send-second.ts';

/** The setting with a till's own configuration (`main/hosts/config.ts`). */
export const CONFIG_KEY = 'till.config';

/** The setting that records another till seen using this till's seconds, as JSON of `twiceSchema`. */
export const NUMBER_TWICE_KEY = 'till-number-twice';

const twiceSchema = z.object({
  /** The other one's name, for people. */
  till: z.string(),
  tillId: z.string(),
  on: z.enum(['paper', 'z']),
});
export type NumberTwice = z.infer<typeof twiceSchema>;

/** Null where nothing was seen. An unreadable record counts as seen. */
export function readTwice(text: string | null): NumberTwice | null {
  if (text === null) return null;
  const parsed = twiceSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : { till: '', tillId: '', on: 'paper' };
}

/** This till's number, and since when it has it. */
export interface OwnNumber extends Numbering {
  readonly tillId: string;
  readonly sinceMs: number;
}

/** What a receipt or a Z of another till of this account shows. */
export interface SeenTill {
  readonly tillId: string;
  readonly madeAtMs: number;
  /** The second of its entry, or its number when it closed. */
  readonly by: { readonly second: string } | Numbering;
}

/**
 * Whether another till has used this till's seconds since it has them: with the same number, another count of tills,
 * or an older version's scheme. Pure.
 */
export const isTwice = (own: OwnNumber, { tillId, madeAtMs, by }: SeenTill): boolean =>
  tillId !== own.tillId &&
  madeAtMs > own.sinceMs &&
  ('second' in by ? isSecondOf(own, by.second) : shareSeconds(own, by));

const countSchema = z.object({ tillCount: z.number() });

/** Whether the declaration that every till has its own number can be true, as far as this till knows. */
export function mayNumbersBeOwn(settings: Pick<Settings, 'get'>): boolean {
  const kept = countSchema.safeParse(readJson(settings.get(CONFIG_KEY)));
  return !isSeenTwice(settings) && !(kept.success && kept.data.tillCount > MOST_OWN_SECONDS);
}

export const isSeenTwice = (settings: Pick<Settings, 'get'>): boolean =>
  settings.get(NUMBER_TWICE_KEY) !== null;
