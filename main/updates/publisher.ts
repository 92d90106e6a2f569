/** The file's name goes to PowerShell by an environment variable, never as part of the command. */
export const PUBLISHER_FILE = 'COUNTERFOIL_INSTALLER';
export const PUBLISHER_COMMAND = `$s = Get-AuthenticodeSignature -LiteralPath $env:${PUBLISHER_FILE}; "$($s.Status)"; "$($s.SignerCertificate.Subject)"`;

/** One attribute of a certificate's subject; values with a comma are quoted. */
const PART = /([A-Za-z0-9.]+)=("(?:[^"]|"")*"|[^",]*)(?:,\s*|$)/y;

/** Null for a subject with none, with several, or that cannot be parsed to its end. */
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
 * Whether Windows verified a file of this publisher. PowerShell's output is its verdict and the subject, a
 * line each; anything else is a no, where electron-updater takes unreadable output for a yes.
 */
export function isPublishedBy(publisher: string, said: string | null): boolean {
  const [status, subject = '', ...more] = (said ?? '').trimEnd().split(/\r?\n/);
  return publisher !== '' && status === 'Valid' && more.length === 0 && commonName(subject) === publisher;
}
