import type { Language } from '../../preload/contract/index.ts';
import en from './en.json';

/** What the screens say, in each language that there is; all of them have every sentence of the first. */
export const locales: Readonly<Record<Language, typeof en>> = { en };
