/** Names of a CSS module by condition, e.g. `c('row', struck && 'struck')`. */
export const classNames =
  (styles: Readonly<Record<string, string>>) =>
  (...names: readonly (string | false | null | undefined)[]): string =>
    names
      .map((name) => (name ? (styles[name] ?? name) : ''))
      .filter(Boolean)
      .join(' ');
