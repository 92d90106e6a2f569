import { userInfo } from 'node:os';
import { type AppError, appError } from '../../../preload/contract/index.ts';
import { heldFailure } from '../../kernel/held-file.ts';
import { notesFolder, noteTill, otherUsersTill } from '../support/other-user.ts';

/** What the users of one computer tell each other of their tills. */
export interface UserNotes {
  /** Why no till may be set up by this one: another user has one here. */
  readonly problem: () => AppError | null;
  /** This user has this till open, or none at all. */
  readonly tell: (tillName: string | null) => void;
}

/** Nobody's: a data folder that was chosen belongs to whoever chose it. */
export const noNotes: UserNotes = { problem: () => null, tell: () => undefined };

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
    tell: (tillName) => void noteTill(folder, user, tillName),
  };
}
