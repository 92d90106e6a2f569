/** Made once each: to make a formatter takes some hundred times as long as to write a number with it. */
function madeOnce<O extends object, F>(make: (locale: string, options: O) => F) {
  const made = new Map<string, F>();
  return (locale: string, options: O): F => {
    const key = `${locale} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const formatter = make(locale, options);
    made.set(key, formatter);
    return formatter;
  };
}

/** Throws a RangeError where the platform knows no such locale or currency. */
export const numberFormat = madeOnce(
  (locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);

/** English of no region has the day before the month, as all but the United States write it (ADR 86). */
export const dateLocale = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

/** Throws a RangeError where the platform knows no such locale or time zone. */
export const dateFormat = madeOnce(
  (locale, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(dateLocale(locale), options),
);
