/** What the till's words exist in, by primary subtag. A region only sets how numbers and dates are written. */
export const languages = ['en', 'zh', 'ms'] as const;
export type Language = (typeof languages)[number];

/** The language whose words serve a tag, e.g. `en` for `en-DE`: English, with the numbers of Germany. Null where none do. */
export function languageOf(tag: string): Language | null {
  try {
    const { language } = new Intl.Locale(tag);
    return languages.find((known) => known === language) ?? null;
  } catch {
    return null;
  }
}

/** Each by its own name: whoever looks for theirs reads no other. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  zh: '简体中文',
  ms: 'Bahasa Melayu',
};

/**
 * An English system is `en-US` in every country: away from American time such a till's English names no region, so that
 * its days come before its months (ADR 86).
 */
export const atHome = (tag: string, timeZone: string): string =>
  tag === 'en-US' && !/^(America|US)\/|^Pacific\/Honolulu$/.test(timeZone) ? 'en' : tag;

/** Other words for the same region: `en-SG` in Chinese is `zh-SG`. */
export function inLanguage(tag: string, language: Language): string {
  try {
    const { region } = new Intl.Locale(tag);
    return region === undefined ? language : `${language}-${region}`;
  } catch {
    return language;
  }
}

/**
 * The tag for a till on a computer of this one: the words are in the person's language where the till has it, and numbers
 * and dates as where the computer is. `de-DE` is `en-DE`, English with the numbers of Germany.
 */
export function tillLanguage(computers: string): string {
  try {
    const locale = new Intl.Locale(computers);
    const { language } = locale;
    // Some systems name the language alone: of another one than English it tells the country well enough.
    const { region } = language === 'en' ? locale : locale.maximize();
    const words = languageOf(computers) ?? languages[0];
    return region !== undefined && /^[A-Z]{2}$/.test(region) ? `${words}-${region}` : words;
  } catch {
    return languages[0];
  }
}

export const isKnownLanguage = (tag: string): boolean => languageOf(tag) !== null;
