/** Parses a stored text; null where there is none or it is damaged, as if nothing had been stored. */
export function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
