/** What PowerShell is asked of a file, which it is told of beside the command: no name of a file is ever part of one. */
export const PUBLISHER_FILE = 'COUNTERFOIL_INSTALLER';
export const PUBLISHER_COMMAND = `$s = Get-AuthenticodeSignature -LiteralPath $env:${PUBLISHER_FILE}; "$($s.Status)"; "$($s.SignerCertificate.Subject)"`;

/** One part of a certificate's subject, quoted where its value holds a comma. */
const PART = /([A-Za-z0-9.]+)=("(?:[^"]|"")*"|[^",]*)(?:,\s*|$)/y;

/** The one common name of a subject; null where it has none, several, or cannot be read to its end. */
function commonName(subject: string): string | null {
  const names: string[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < subject.length) {
    const [, name, value = ''] = PART.exec(subject) ?? [];
    if (name === undefined) return null;
    if (name === 'CN') names.push(value.replace(/^"|"$/g, '').replaceAll('""', '"'));
  }
  return names.length === 1 ? (names[0] ?? null) : null;
}

/**
 * Whether Windows vouches for a file of this publisher, from what PowerShell said: its verdict on one line and the subject
 * on the next. Whatever is not exactly that is a no: electron-updater takes an answer that it cannot read for a yes.
 */
export function isPublishedBy(publisher: string, said: string | null): boolean {
  const [status, subject = '', ...more] = (said ?? '').trimEnd().split(/\r?\n/);
  return publisher !== '' && status === 'Valid' && more.length === 0 && commonName(subject) === publisher;
}
