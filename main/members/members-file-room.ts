import { lstat, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type AppError,
  appError,
  type ChannelReply,
  err,
  type MembersFileProblem,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { type Actor, actorText } from '../kernel/actor.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { FilePicker, Logger } from '../kernel/ports.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Room } from '../kernel/room.ts';
import type { AccountDesk } from '../kernel/sealing/account-seal.ts';
import { frameAt } from '../kernel/sealing/frames.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { beginsAsMembersFile } from './members-file.ts';
import { withMembersFile, writeInSteps } from './members-file-io.ts';
import type { MembersTransfer, VerifiedMembers } from './members-transfer.ts';

export const MEMBERS_FILE_ENDING = 'cfmembers';

/** A file whose place a person picks. */
export interface ToSave {
  /** The suggested name. */
  readonly name: string;
  /** What the journal records beside who saved it and how much. */
  readonly content: object;
  /** Why this target is not allowed; null where it is. */
  readonly problemOf: (target: string) => Promise<AppError | null>;
  /** Writes it to a temporary file; resolves to the number of members, null where cancelled. */
  readonly write: (target: string, onProgress: OnProgress, callOff: AbortSignal) => Promise<number | null>;
}

export interface MembersFileRoomParts {
  readonly transfer: MembersTransfer;
  readonly saveAs: (file: ToSave, who: Actor) => Promise<Result<ChannelReply<'find:export'>>>;
  /** Null where the computer has none. */
  readonly picker: FilePicker | null;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly timeouts: Timeouts;
  readonly logger: Logger;
  readonly today: () => string;
  /** Yields to other work of main. */
  readonly pause: () => Promise<void>;
}

/** Timeout for each step on a share or a stick. */
const LIMIT_MS = 60_000;
/** The bytes in which the first frame must end. */
const HEAD_BYTES = 1_024;

const refused = (reason: MembersFileProblem) => err(appError('members-file-refused', { reason }));

/** Only a file of this kind is overwritten, and never through a link. */
async function problemOfTarget(target: string): Promise<AppError | null> {
  try {
    const found = await lstat(target);
    if (!found.isFile() || found.nlink > 1) return appError('members-file-target');
    const handle = await open(target, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const first = frameAt(buffer.subarray(0, bytesRead), 0)?.frame ?? null;
      return beginsAsMembersFile(first) ? null : appError('members-file-target');
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    return code === 'ENOENT' ? null : appError('file-not-saved', { system: code });
  }
}

/** Transfers the member directory from one till to the account's others. */
export function createMembersFileRoom(parts: MembersFileRoomParts): Room {
  const mutex = createMutex();
  let isStopped = false;
  return {
    name: 'members-file',
    managersHandlers: {
      'members:saveFile': (_args, who) => save(parts, who),
      'members:takeFile': async (_args, who) => {
        const [path] = (await parts.picker?.pickMany()) ?? [];
        if (path === undefined) return ok({ taken: null });
        return mutex(() => take(parts, path, who, () => isStopped));
      },
    },
    // An import checks before each step, and does not wait between check and commit.
    stop: () => {
      isStopped = true;
    },
  };
}

async function save(
  parts: MembersFileRoomParts,
  who: Actor,
): Promise<Result<ChannelReply<'members:saveFile'>>> {
  const { transfer, pause } = parts;
  const desk = transfer.desk();
  if (desk === null) return err(appError('key-lost'));
  const { members: of } = transfer.own();
  if (of === 0) return err(appError('members-none'));
  const saved = await parts.saveAs(
    {
      name: `members-${parts.today()}.${MEMBERS_FILE_ENDING}`,
      problemOf: problemOfTarget,
      content: { of: 'members' },
      write: async (target, onProgress, signal) => {
        let done = 0;
        const pieces = transfer.pieces(desk, (members) => {
          done += members;
          onProgress({ done: Math.min(done, of), of });
        });
        const steps = { mode: 0o600, pause, isCalledOff: () => signal.aborted };
        const isWritten = await writeInSteps(target, pieces, { ...steps, run: (work) => work() });
        return isWritten ? done : null;
      },
    },
    who,
  );
  if (!saved.ok) return saved;
  const { saved: file } = saved.value;
  return ok({ saved: file === null ? null : { members: file.entries, atMs: file.atMs } });
}

/** The file, once all of it was verified. */
async function readWhole(
  { transfer, timeouts, logger }: MembersFileRoomParts,
  desk: AccountDesk,
  path: string,
): Promise<VerifiedMembers | MembersFileProblem> {
  const place = dirname(path);
  const run = <T>(work: () => Promise<T>) => timeouts.run({ place, lane: 'picked', limitMs: LIMIT_MS, work });
  try {
    const file = await withMembersFile(path, run, ({ frames }) => transfer.verify(desk, frames));
    return file === 'missing' || file === 'link' ? 'unreadable' : file;
  } catch (thrown) {
    logger.warn('members.file-unreadable', { code: (thrown as NodeJS.ErrnoException).code ?? '' });
    return 'unreadable';
  }
}

async function take(
  { transfer, journal, ...parts }: MembersFileRoomParts,
  path: string,
  who: Actor,
  isStopped: () => boolean,
): Promise<Result<ChannelReply<'members:takeFile'>>> {
  const desk = transfer.desk();
  if (desk === null || journal === null) return err(appError('key-lost'));
  const file = await readWhole({ transfer, journal, ...parts }, desk, path);
  if (isStopped()) return ok({ taken: null });
  if (typeof file === 'string') return refused(file);
  const { madeAtMs, wholeAtMs, members } = file;
  // Everyone in it is known here, and was read later.
  if (madeAtMs < (transfer.own().wholeAtMs ?? 0)) return refused('older');
  const { approvedBy = null } = who;
  const content = { members, madeAtMs, wholeAtMs, approvedBy };
  journal.append({ event: 'noted', actor: actorText(who), reason: 'members taken', content });
  const added = await transfer.keep(desk, file, isStopped);
  return ok({ taken: added === null ? null : { members, added, wholeAtMs } });
}
