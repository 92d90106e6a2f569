const accented: Readonly<Record<string, string>> = {
  ...{ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', c: 'ç', n: 'ñ', y: 'ý' },
  ...{ A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', C: 'Ç', N: 'Ñ', Y: 'Ý' },
};

/** A sentence as if in a language of longer words, which nobody speaks and everybody can read; its values stay. */
function pseudo(sentence: string, longer: number): string {
  if (!/[a-zA-Z]{2}/.test(sentence)) return sentence;
  const written = sentence.replace(/\{\{\w+\}\}|[a-zA-Z]/g, (part) => accented[part] ?? part);
  const length = sentence.replace(/\{\{\w+\}\}/g, '').length;
  // As words, so that lines can break where those of a language could.
  const more = 'lorem ipsum dolor sit amet '.repeat(40).slice(0, Math.ceil(length * longer));
  return `${written} ${more.trim()}`.slice(0, written.length + more.length);
}

/** All sentences of a language so, longer by this part of their length. */
export function pseudoWords<T extends object>(words: T, longer: number): T {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' ? pseudo(value, longer) : pseudoWords(value as object, longer),
    ]),
  ) as T;
}
