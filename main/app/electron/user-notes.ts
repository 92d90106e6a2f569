import { userInfo } from 'node:os';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { heldFailure } from '../../kernel/held-file.ts';
import { notesFolder, noteTill, otherUsersTill } from '../support/other-user.ts';

/** What users of one computer know of each other's tills. */
export interface UserNotes {
  /** Another user has a till here, so none may be set up. */
  readonly problem: () => AppError | null;
  /** Records this user's open till; null for none. */
  readonly note: (tillName: string | null) => void;
}

/** A chosen data folder belongs to whoever chose it. */
export const noNotes: UserNotes = { problem: () => null, note: () => undefined };

function whoRuns(): string {
  const domain = process.env['USERDOMAIN'];
  try {
    const { username } = userInfo();
    return domain === undefined ? username : `${domain}\\${username}`;
  } catch {
    return '';
  }
}

export function createUserNotes(): UserNotes {
  const folder = notesFolder(process.platform, process.env);
  const user = whoRuns();
  if (folder === null || user === '') return noNotes;
  return {
    problem: () => {
      try {
        const other = otherUsersTill(folder, user);
        return other === null
          ? null
          : appError('other-user', { user: other.user, till: other.till, file: other.file.slice(0, 500) });
      } catch (thrown) {
        const held = heldFailure(thrown);
        if (held === null) throw thrown;
        return held;
      }
    },
    note: (tillName) => void noteTill(folder, user, tillName),
  };
}
