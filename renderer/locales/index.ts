import type { Language } from '../../preload/contract/index.ts';
import en from './en.json';

/** What the screens say: every sentence, as English has them. */
export type Words = typeof en & typeof import('./en-other.json');

/** What the till's own screen says. English comes with the page, and stands in for a language until that is there. */
export const firstEnglish = en;

/** What only the screens beside it say, and every failure. */
export const otherEnglish = () => import('./en-other.json');

/** The other languages, each fetched as a whole when somebody reads it. */
export const otherWords: Readonly<
  Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Words }>>
> = {
  zh: () => import('./zh.json'),
  ms: () => import('./ms.json'),
};
