import type { Language } from '../../preload/contract/index.ts';

/** A page's words in English; `never`, and so no words of any page, where another language lacks one of them. */
type Said<Page extends { readonly enFirst: object; readonly en: object }> =
  Page extends Readonly<Record<Exclude<Language, 'en'>, Page['enFirst'] & Page['en']>>
    ? Page['enFirst'] & Page['en']
    : never;

/** What the screens say: every sentence, as English has them. */
export type Words = Said<typeof import('../app/closing/words.json')> &
  Said<typeof import('../app/help/words.json')> &
  Said<typeof import('../app/desk/words.json')> &
  Said<typeof import('../app/first-day/words.json')> &
  Said<typeof import('../app/menu/words.json')> &
  Said<typeof import('../app/notices/words.json')> &
  Said<typeof import('../app/practice/words.json')> &
  Said<typeof import('../app/set-up/words.json')> &
  Said<typeof import('../app/settings/words.json')> &
  Said<typeof import('../app/status/words.json')> &
  Said<typeof import('../chain/chain/words.json')> &
  Said<typeof import('../counter/activity/words.json')> &
  Said<typeof import('../counter/counter/words.json')> &
  Said<typeof import('../counter/review/words.json')> &
  Said<typeof import('../counter/rules/words.json')> &
  Said<typeof import('../day/find/words.json')> &
  Said<typeof import('../day/matching/words.json')> &
  Said<typeof import('../day/owner/words.json')> &
  Said<typeof import('../day/shifts/words.json')> &
  Said<typeof import('../kit/words.json')> &
  Said<typeof import('../paper/receipts/words.json')> &
  Said<typeof import('../paper/slips/words.json')> &
  Said<typeof import('../people/manager/words.json')> &
  Said<typeof import('../people/people/words.json')> &
  Said<typeof import('../safety/backups/words.json')> &
  Said<typeof import('../safety/support/words.json')> &
  Said<typeof import('../sending/check-up/words.json')> &
  Said<typeof import('../shared/words.json')> &
  Said<typeof import('../updates/updates/words.json')>;

/** What the till's own screen says. English comes with the page, and stands in for a language until that is there. */
export const firstEnglish: object = Object.assign(
  {},
  ...Object.values(
    import.meta.glob('../**/words.json', { eager: true, import: 'enFirst', query: '?enFirst.json' }),
  ),
);

/** What only the screens beside it say, and every failure. */
export const otherEnglish = (): Promise<{ readonly default: object }> => import('./en.ts');

/** The other languages, each fetched as a whole when somebody reads it. */
export const otherWords: Readonly<
  Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Words }>>
> = {
  zh: () => import('./zh.ts'),
  ms: () => import('./ms.ts'),
};
