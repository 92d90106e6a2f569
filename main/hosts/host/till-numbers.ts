import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { isSecondOf, MOST_OWN_SECONDS, type Numbering, shareSeconds } from '../send-second.ts';

/** Where a till's own settings lie (`main/hosts/config.ts`). */
export const CONFIG_KEY = 'till.config';

/** Where it is kept that another till was seen to use this till's seconds, as JSON of `twiceSchema`. */
export const NUMBER_TWICE_KEY = 'till-number-twice';

const twiceSchema = z.object({
  /** The other one's name, for people. */
  till: z.string(),
  tillId: z.string(),
  on: z.enum(['paper', 'z']),
});
export type NumberTwice = z.infer<typeof twiceSchema>;

/** Null where nothing was seen. What cannot be read was written for one all the same. */
export function readTwice(text: string | null): NumberTwice | null {
  if (text === null) return null;
  const parsed = twiceSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : { till: '', tillId: '', on: 'paper' };
}

/** This till, and since when it has its number. */
export interface OwnNumber extends Numbering {
  readonly tillId: string;
  readonly sinceMs: number;
}

/** What a paper, or a Z, of a till of this account says. */
export interface SeenTill {
  readonly tillId: string;
  readonly madeAtMs: number;
  /** The send key of its entry, or the number that it had as it closed. */
  readonly by: { readonly second: string } | Numbering;
}

/**
 * Another till has used this till's seconds since this one has them: it has the same number, or was told another count
 * of tills, or is of a version that took them otherwise. Pure.
 */
export const isTwice = (own: OwnNumber, { tillId, madeAtMs, by }: SeenTill): boolean =>
  tillId !== own.tillId &&
  madeAtMs > own.sinceMs &&
  ('second' in by ? isSecondOf(own, by.second) : shareSeconds(own, by));

const countSchema = z.object({ tillCount: z.number() });

/** Whether a declaration that every till has its own number can be true, as far as this till can tell. */
export function mayNumbersBeOwn(settings: Pick<Settings, 'get'>): boolean {
  const kept = countSchema.safeParse(readJson(settings.get(CONFIG_KEY)));
  return !isSeenTwice(settings) && !(kept.success && kept.data.tillCount > MOST_OWN_SECONDS);
}

export const isSeenTwice = (settings: Pick<Settings, 'get'>): boolean =>
  settings.get(NUMBER_TWICE_KEY) !== null;
