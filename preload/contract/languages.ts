/** What the till's words exist in, by primary subtag. A region only sets how numbers and dates are written. */
export const languages = ['en'] as const;

/** Whether the till has words for a language tag, e.g. `en-DE`: English, with the numbers of Germany. */
export function isKnownLanguage(tag: string): boolean {
  try {
    const { language } = new Intl.Locale(tag);
    return languages.some((known) => known === language);
  } catch {
    return false;
  }
}
