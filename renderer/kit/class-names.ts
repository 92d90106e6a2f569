/**
 * CSS module classes by condition, e.g. `c('row', struck && 'struck')`. A name in several sheets gets the class of
 * each; these must not contradict, or the overriding sheet is imported later.
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
