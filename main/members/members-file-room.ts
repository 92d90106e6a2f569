import { constants } from 'node:fs';
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
import { writeWhole } from '../kernel/atomic-file.ts';
import { createMutex } from '../kernel/mutex.ts';
import type { Clock, FilePicker, Logger, Random } from '../kernel/ports.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Room } from '../kernel/room.ts';
import { frameAt } from '../kernel/sealing/frames.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import type { DirectoryFillService } from './directory-fill-service.ts';
import type { DirectoryRepository } from './directory-repository.ts';
import {
  beginsAsMembersFile,
  createMembersFileReader,
  type MembersFile,
  type MembersFileDesk,
  MOST_BYTES,
  membersFileBytes,
  pagesOf,
} from './members-file.ts';

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
  readonly directory: Pick<DirectoryRepository, 'after' | 'count' | 'keepFacts'>;
  readonly directoryFill: Pick<DirectoryFillService, 'filledElsewhere' | 'state'>;
  readonly saveAs: (file: ToSave, who: Actor) => Promise<Result<ChannelReply<'find:export'>>>;
  /** Null where the computer has none. */
  readonly picker: FilePicker | null;
  /** Null without a key. */
  readonly desk: () => MembersFileDesk | null;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
  readonly today: () => string;
  /** Yields to other work of main. */
  readonly pause: () => Promise<void>;
}

/** Timeout for a share or a stick. */
const LIMIT_MS = 60_000;
/** Members imported in one commit: some hundredths of a second, during which main is blocked. */
const STEP = 200;
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

/** Reads a regular file only: a pipe or device never ends, and a link may lead to one. */
async function bytesOf(path: string): Promise<Buffer | 'too-large' | 'unreadable'> {
  // Missing on Windows, where `open` follows a link, and the target is checked all the same.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return 'unreadable';
    return found.size > MOST_BYTES ? 'too-large' : await handle.readFile();
  } finally {
    await handle.close();
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
  const { directory, directoryFill, clock } = parts;
  const desk = parts.desk();
  if (desk === null) return err(appError('key-lost'));
  if (directory.count() === 0) return err(appError('members-none'));
  const saved = await parts.saveAs(
    {
      name: `members-${parts.today()}.${MEMBERS_FILE_ENDING}`,
      problemOf: problemOfTarget,
      content: { of: 'members' },
      write: (target, onProgress, signal) => {
        const header = { madeAtMs: clock.nowMs(), wholeAtMs: directoryFill.state().updatedAtMs };
        const of = directory.count();
        let done = 0;
        const counted = function* () {
          for (const page of pagesOf(directory.after)) {
            yield page;
            done += page.length;
            onProgress({ done: Math.min(done, of), of });
          }
        };
        const bytes = membersFileBytes(desk, parts.random, header, counted());
        return writeInSteps(target, bytes, {
          ...parts,
          isCalledOff: () => signal.aborted,
          members: () => done,
        });
      },
    },
    who,
  );
  if (!saved.ok) return saved;
  const { saved: file } = saved.value;
  return ok({ saved: file === null ? null : { members: file.entries, atMs: file.atMs } });
}

interface Steps extends Pick<MembersFileRoomParts, 'pause'> {
  readonly isCalledOff: () => boolean;
  readonly members: () => number;
}

async function writeInSteps(
  target: string,
  pieces: Iterable<Buffer>,
  { pause, isCalledOff, members }: Steps,
): Promise<number | null> {
  const file = await open(target, 'wx', 0o600);
  try {
    let at = 0;
    for (const piece of pieces) {
      await writeWhole(file, piece, at);
      at += piece.length;
      await pause();
      if (isCalledOff()) return null;
    }
    await file.sync();
    return members();
  } finally {
    await file.close();
  }
}

/** The file's content, once all of it was verified. */
async function readWhole(
  { timeouts, logger, pause }: MembersFileRoomParts,
  desk: MembersFileDesk,
  path: string,
): Promise<MembersFile | MembersFileProblem> {
  const bytes = await timeouts
    .run({ place: dirname(path), lane: 'picked', limitMs: LIMIT_MS, work: () => bytesOf(path) })
    .catch((thrown: unknown) => {
      logger.warn('members.file-unreadable', { code: (thrown as NodeJS.ErrnoException).code ?? '' });
      return 'unreadable' as const;
    });
  if (!Buffer.isBuffer(bytes)) return bytes;
  const reader = createMembersFileReader(desk);
  for (let at = 0; at < bytes.length; ) {
    const found = frameAt(bytes, at);
    if (found === null) return at === 0 ? 'foreign' : 'cut-off';
    const problem = reader.take(found.frame);
    if (problem !== null) return problem;
    at = found.end;
    await pause();
  }
  return bytes.length === 0 ? 'foreign' : reader.end();
}

async function take(
  parts: MembersFileRoomParts,
  path: string,
  who: Actor,
  isStopped: () => boolean,
): Promise<Result<ChannelReply<'members:takeFile'>>> {
  const { directory, directoryFill, clock, journal, logger } = parts;
  const desk = parts.desk();
  if (desk === null || journal === null) return err(appError('key-lost'));
  const file = await readWhole(parts, desk, path);
  if (isStopped()) return ok({ taken: null });
  if (typeof file === 'string') return refused(file);
  const { madeAtMs, wholeAtMs, members } = file;
  // Everyone in it is known here, and was read later.
  if (madeAtMs < (directoryFill.state().updatedAtMs ?? 0)) return refused('older');
  const { approvedBy = null } = who;
  const content = { members: members.length, madeAtMs, wholeAtMs, approvedBy };
  journal.append({ event: 'noted', actor: actorText(who), reason: 'members taken', content });
  const nowMs = clock.nowMs();
  let added = 0;
  for (let at = 0; at < members.length; at += STEP) {
    await parts.pause();
    if (isStopped()) return ok({ taken: null });
    const some = members.slice(at, at + STEP);
    // Another till's clock may be ahead: no reading is later than now.
    added += directory.keepFacts(some.map((one) => ({ ...one, readAtMs: Math.min(one.readAtMs, nowMs) })));
  }
  if (wholeAtMs !== null) directoryFill.filledElsewhere(Math.min(wholeAtMs, nowMs), members.length);
  logger.info('members.taken', { members: members.length, added });
  return ok({ taken: { members: members.length, added, wholeAtMs } });
}
