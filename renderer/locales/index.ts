import type { Language } from '../../preload/contract/index.ts';
import en from './en.json';

/** What the screens say: every sentence, as English has them. */
export type Words = typeof en;

/** English comes with the page, and stands in for a language until that is there. */
export const english: Words = en;

/** The others, each fetched when somebody reads it. */
export const otherWords: Readonly<
  Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Words }>>
> = {
  zh: () => import('./zh.json'),
  ms: () => import('./ms.json'),
};
