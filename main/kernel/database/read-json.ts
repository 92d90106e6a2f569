/** Parses a stored text; null where there is none or it is damaged, as if nothing had been stored. */
export function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Caches the parsed setting by its text: it is read on every pass of the loop. */
export function parsedOnce<T>(parse: (text: string | null) => T): (text: string | null) => T {
  let known: { readonly text: string | null; readonly value: T } | null = null;
  return (text) => {
    if (known === null || known.text !== text) known = { text, value: parse(text) };
    return known.value;
  };
}
