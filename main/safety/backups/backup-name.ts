/** Why a backup was made: by the hour, asked for by a person, before an update, or to move to another computer. */
export const backupReasons = ['hourly', 'asked', 'update', 'move'] as const;
export type BackupReason = (typeof backupReasons)[number];

export interface BackupName {
  readonly name: string;
  readonly atMs: number;
  readonly reason: BackupReason;
  /** Only a passphrase opens it. */
  readonly isSealed: boolean;
}

const ENDING = 'cfbackup';
const SEALED_ENDING = 'cfsealed';

/** What is being written has this ending: it is no backup until it was verified and has its name. */
export const PART_ENDING = '.part';

/** `counterfoil-20261126-104700-hourly.cfbackup`, in UTC: sorted by name they are sorted by time. */
export function backupName(atMs: number, reason: BackupReason, isSealed = false): string {
  const [day = '', time = ''] = new Date(atMs).toISOString().split('T');
  return `counterfoil-${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${reason}.${isSealed ? SEALED_ENDING : ENDING}`;
}

const pattern = new RegExp(
  `^counterfoil-(\\d{4})(\\d{2})(\\d{2})-(\\d{2})(\\d{2})(\\d{2})-(${backupReasons.join('|')})\\.(${ENDING}|${SEALED_ENDING})$`,
);

/** Null for what is no backup's name. */
export function readBackupName(name: string): BackupName | null {
  const found = pattern.exec(name);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, reason, ending] = found;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(atMs)
    ? null
    : { name, atMs, reason: reason as BackupReason, isSealed: ending === SEALED_ENDING };
}
