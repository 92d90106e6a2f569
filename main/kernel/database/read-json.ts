/** What a stored text holds; null where there is none, or it is damaged: then it is as if nothing had been kept. */
export function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
