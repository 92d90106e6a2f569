import { z } from 'zod';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { MOST_OWN_SECONDS, type Numbering, shareSeconds } from '../send-second.ts';

/** The setting with a till's own configuration (`main/hosts/config.ts`). */
export const CONFIG_KEY = 'till.config';

/** The setting that records another till seen using this till's seconds, as JSON of `twiceSchema`. */
export const NUMBER_TWICE_KEY = 'till-number-twice';

const twiceSchema = z.object({
  /** The other one's name, for people. */
  till: z.string(),
  tillId: z.string(),
  /** It has this till's number; or it was told another count of tills, so that the two share seconds. */
  what: z.enum(['number', 'count']),
});
export type NumberTwice = z.infer<typeof twiceSchema>;

/** Null where nothing was seen. An unreadable record counts as seen. */
export function readTwice(text: string | null): NumberTwice | null {
  if (text === null) return null;
  const parsed = twiceSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : { till: '', tillId: '', what: 'number' };
}

/** What another till of the account says of itself in the chain's folder. */
export interface SeenTill extends Numbering {
  readonly tillId: string;
  readonly till: string;
  readonly saidAtMs: number;
}

/** How another till's numbering meets this one's; null where it does not. Pure. */
export const metBy = (own: Numbering, other: Numbering): NumberTwice['what'] | null =>
  own.tillNumber === other.tillNumber ? 'number' : shareSeconds(own, other) ? 'count' : null;

const countSchema = z.object({ tillCount: z.number() });

/** Whether the declaration that every till has its own number can be true, as far as this till knows. */
export function mayNumbersBeOwn(settings: Pick<Settings, 'get'>): boolean {
  const kept = countSchema.safeParse(readJson(settings.get(CONFIG_KEY)));
  return !isSeenTwice(settings) && !(kept.success && kept.data.tillCount > MOST_OWN_SECONDS);
}

export const isSeenTwice = (settings: Pick<Settings, 'get'>): boolean =>
  settings.get(NUMBER_TWICE_KEY) !== null;
