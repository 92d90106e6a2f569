/** What the till's words exist in, by primary subtag. A region only sets how numbers and dates are written. */
export const languages = ['en'] as const;
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

export const isKnownLanguage = (tag: string): boolean => languageOf(tag) !== null;
