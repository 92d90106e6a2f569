/** `asked` by a person; `move` to another computer. */
export const backupReasons = ['hourly', 'asked', 'update', 'move'] as const;
export type BackupReason = (typeof backupReasons)[number];

export interface BackupName {
  readonly name: string;
  readonly atMs: number;
  readonly reason: BackupReason;
  /** Opens with a passphrase only. */
  readonly isSealed: boolean;
}

const ENDING = 'cfbackup';
const SEALED_ENDING = 'cfsealed';

/** A file without this ending is complete and verified. */
export const PART_ENDING = '.part';

/** `counterfoil-20261126-104700-hourly.cfbackup`, in UTC, so that names sort by time. */
export function backupName(atMs: number, reason: BackupReason, isSealed = false): string {
  const [day = '', time = ''] = new Date(atMs).toISOString().split('T');
  return `counterfoil-${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${reason}.${isSealed ? SEALED_ENDING : ENDING}`;
}

const pattern = new RegExp(
  `^counterfoil-(\\d{4})(\\d{2})(\\d{2})-(\\d{2})(\\d{2})(\\d{2})-(${backupReasons.join('|')})\\.(${ENDING}|${SEALED_ENDING})$`,
);

/** Null for another name. */
export function readBackupName(name: string): BackupName | null {
  const found = pattern.exec(name);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, reason, ending] = found;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(atMs)
    ? null
    : { name, atMs, reason: reason as BackupReason, isSealed: ending === SEALED_ENDING };
}
