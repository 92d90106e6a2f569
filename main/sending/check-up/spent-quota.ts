import { z } from 'zod';
import type { Link } from '../../hosts/link/index.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { CheckUpAnswer } from './state.ts';

const KEY = 'quota.toldAs';
const repliedSchema = z.object({ words: z.string(), atMs: z.number() });

/** Stores KYBIO's words each time that the day's calls are used up. */
export function noteSpentQuota(
  link: Link,
  settings: Settings,
  logger: Logger,
  changed: Changed<'checkUp'>,
): void {
  link.onChange((before, after) => {
    const pause = after.pauses.find(({ reason }) => reason === 'quota');
    if (pause === undefined || before.pauses.some(({ reason }) => reason === 'quota')) return;
    try {
      settings.set(KEY, JSON.stringify({ words: pause.words, atMs: pause.sinceMs }));
      changed('checkUp');
    } catch (thrown) {
      logger.warn('quota.words-not-kept', { error: String(thrown) });
    }
  });
}

/** When KYBIO last said so; null if never. */
export function lastSpentQuotaMs(settings: Pick<Settings, 'get'>): number | null {
  const parsed = repliedSchema.safeParse(readJson(settings.get(KEY)));
  return parsed.success ? parsed.data.atMs : null;
}

/** Replaces the answer "not met yet" by KYBIO's words for a spent quota. */
export function withSpentQuota(answers: readonly CheckUpAnswer[], settings: Settings): CheckUpAnswer[] {
  const replied = repliedSchema.safeParse(readJson(settings.get(KEY)));
  return answers.map((answer) =>
    answer.question === 'spent-quota' && replied.success
      ? { ...answer, answer: 'yes', note: null, words: replied.data.words, atMs: replied.data.atMs }
      : answer,
  );
}
