/**
 * Names of CSS modules by condition, e.g. `c('row', struck && 'struck')`. A name that several sheets have gets the
 * class of each; the sheets must not contradict each other, or the one that overrules is imported after the other.
 */
export const classNames =
  (...sheets: readonly Readonly<Record<string, string>>[]) =>
  (...names: readonly (string | false | null | undefined)[]): string =>
    names
      .flatMap((name) => {
        if (!name) return [];
        const found = sheets.flatMap((styles) => styles[name] ?? []);
        return found.length > 0 ? found : [name];
      })
      .join(' ');
