/** Something that must be found nowhere: a text, or bytes. */
export interface Canary {
  readonly kind: string;
  readonly secret: string | Buffer;
}

interface Form {
  readonly name: string;
  readonly bytes: Buffer;
  /** Between other digits it is another number. */
  readonly isNumber: boolean;
}

const digits = /^\d+$/;

/** What does not depend on what stands before or behind it, where base64 begins at each of its three places. */
function base64Of(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const end = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1;
    return text.slice([0, 2, 3][before], end);
  });
}

function formsOf(secret: string | Buffer): readonly Form[] {
  const bytes = Buffer.from(secret);
  const isNumber = typeof secret === 'string' && digits.test(secret);
  const form = (name: string, text: string, encoding: BufferEncoding = 'utf8'): Form => ({
    ...{ name, bytes: Buffer.from(text, encoding) },
    isNumber: isNumber && ['plain', 'UTF-16'].includes(name),
  });
  const wrapped = base64Of(bytes);
  const forms = [
    ...(typeof secret === 'string'
      ? [
          form('plain', secret),
          form('UTF-16', secret, 'utf16le'),
          form('in JSON', JSON.stringify(secret).slice(1, -1)),
          form('in an address', encodeURIComponent(secret)),
        ]
      : [{ name: 'bytes', bytes, isNumber: false }]),
    form('hex', bytes.toString('hex')),
    form('HEX', bytes.toString('hex').toUpperCase()),
    ...wrapped.map((text) => form('base64', text)),
    ...wrapped.map((text) => form('base64url', text.replaceAll('+', '-').replaceAll('/', '_'))),
  ];
  const seen = new Set<string>();
  return forms.filter(({ bytes: of }) => {
    const key = of.toString('latin1');
    return !seen.has(key) && seen.add(key).size > 0;
  });
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function isAt(haystack: Buffer, at: number, { bytes, isNumber, name }: Form): boolean {
  const end = at + bytes.length;
  if (haystack.compare(bytes, 0, bytes.length, at, Math.min(end, haystack.length)) !== 0) return false;
  const width = name === 'UTF-16' ? 2 : 1;
  return !isNumber || !(isDigit(haystack[at - width]) || isDigit(haystack[end]));
}

const startOf = (bytes: Buffer, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Each that is there in whatever form, as `kind (form)`. The whole memory of a process is gone through once. */
export function occurrences(haystack: Buffer, canaries: readonly Canary[]): readonly string[] {
  const forms = canaries.flatMap(({ kind, secret }) =>
    formsOf(secret).map((form) => ({ form, what: `${kind} (${form.name})` })),
  );
  const starts = new Uint8Array(65_536);
  for (const { form } of forms) starts[startOf(form.bytes, 0)] = 1;
  const found = new Set<string>();
  for (let at = 0; at < haystack.length - 1; at += 1) {
    const start = startOf(haystack, at);
    if (starts[start] === 0) continue;
    for (const { form, what } of forms)
      if (startOf(form.bytes, 0) === start && isAt(haystack, at, form)) found.add(what);
  }
  return [...found];
}
