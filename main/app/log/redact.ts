/**
 * The second line of defence, for secrets that slip into an error or a value; the first is not to log them. Errs on the
 * side of hiding.
 */

const HIDDEN = '[hidden]';
const SHORTEST_KNOWN_SECRET = 6;

/** Hidden whatever the value: a PIN looks like a count. */
const secretWords: ReadonlySet<string> = new Set([
  'key',
  'appkey',
  'pin',
  'password',
  'passphrase',
  'secret',
  'signature',
  'body',
  'phone',
  'tel',
  'pepper',
  'token',
  'recovery',
]);

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

/** Names are few, and each is asked about with every line. */
const secretNames = new Map<string, boolean>();

export function isSecretName(name: string): boolean {
  const known = secretNames.get(name) ?? wordsOf(name).some((word) => secretWords.has(word));
  secretNames.set(name, known);
  return known;
}

// A signature, an App key or a salt: 32 or more hex digits; a UUID has hyphens.
const longHex = /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi;
// 8 to 15 digits (ITU-T E.164) with single separators. Member ids have more; dates are spared.
const phone = /(?<![\w.:-])\+?(?!\d{4}-\d{2}-\d{2})(?:\(\d{1,4}\)[ -]?)?\d(?:[ -]?\d){7,14}(?![\w:-]|\.\d)/g;
// A named secret in text: "appKey":"…", password=…
const named =
  /(["']?\b(?:app_?key|pass(?:word|phrase)?|pin|data-?signature|signature|secret|token)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&}"']+)/gi;
// 32 random bytes in base64: the journal key, the PIN pepper.
const longBase64 = /(?<![0-9a-z+/])[0-9a-z+/]{43}=/gi;
// A recovery code as printed, see `recovery-code.ts`.
const recoveryCode = /(?<![0-9a-z])(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}(?![0-9a-z])/gi;
// The beginning of a signed body, which could be replayed with its signature.
const signedBody = /\{\s*"appId"[^}]*\}?/gi;

// Nothing below fits a short text without a digit, a colon, an equals sign or a brace, as most words in the log are.
const plainWord = /^[a-z ._-]{0,22}$/i;

/** Masks what looks like a key, signature or phone, and every known secret. */
export function redactText(text: string, knownSecrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of knownSecrets) clean = clean.replaceAll(secret, HIDDEN);
  if (plainWord.test(clean)) return clean;
  return clean
    .replace(signedBody, HIDDEN)
    .replace(named, `$1${HIDDEN}`)
    .replace(longHex, HIDDEN)
    .replace(longBase64, HIDDEN)
    .replace(recoveryCode, HIDDEN)
    .replace(phone, HIDDEN);
}

export type LogValue = string | number | boolean | null;

export function redactValue(name: string, value: LogValue, knownSecrets: Iterable<string> = []): LogValue {
  if (typeof value === 'boolean' || value === null) return value;
  if (isSecretName(name)) return HIDDEN;
  if (typeof value === 'number') return value;
  return redactText(value, knownSecrets);
}

/** Short ones would mask half of every line. */
export const isWorthKnowing = (secret: string): boolean => secret.trim().length >= SHORTEST_KNOWN_SECRET;
