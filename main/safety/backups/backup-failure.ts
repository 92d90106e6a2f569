import { type AppError, appError } from '../../../preload/contract/index.ts';
import { heldFailure } from '../../kernel/held-file.ts';

const noRoom = /^(SQLITE_FULL|ENOSPC|EDQUOT|EFBIG)/;
const gone = /^(ENOENT|ENOTDIR|EIO|ENXIO|ENODEV|ESTALE|EHOSTDOWN|ENOTCONN|EROFS|EACCES|EPERM)/;

/** Why a backup failed: no space, no reply, place gone, file held, or another error. */
export function backupFailure(thrown: unknown): AppError {
  const held = heldFailure(thrown);
  if (held !== null) return held;
  const code = (thrown as NodeJS.ErrnoException | null)?.code;
  const what = (typeof code === 'string' ? code : String(thrown)).slice(0, 200);
  if (noRoom.test(what)) return appError('backup-no-room', { what });
  if (what.startsWith('ETIMEDOUT')) return appError('backup-place-hangs', { what });
  return appError(gone.test(what) ? 'backup-place-gone' : 'backup-failed', { what });
}
