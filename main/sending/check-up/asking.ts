import { type Amount, type CheckUpNote, zeroAmount } from '../../../preload/contract/index.ts';
import type { Bench } from './bench.ts';
import type { CheckUpAnswer } from './state.ts';

export type Answer = Pick<CheckUpAnswer, 'answer' | 'words' | 'note' | 'figures'>;
export type Ask = (bench: Bench) => Promise<Answer>;

export const say = (
  answer: Answer['answer'],
  words: readonly string[] = [],
  figures: Answer['figures'] = {},
): Answer => ({ answer, words: words.join(' ').slice(0, 500), note: null, figures });

/** Where it is the till that has something to say, not KYBIO. */
export const note = (answer: Answer['answer'], said: CheckUpNote): Answer => ({ ...say(answer), note: said });

export const balanceOnly = (balance: Amount) => ({ balance, point: zeroAmount });
