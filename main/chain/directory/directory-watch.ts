import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type AppError,
  appError,
  type ChainMembersProblem,
  type ShownChain,
} from '../../../preload/contract/index.ts';
import { removeFile, renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { readJson } from '../../kernel/database/read-json.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { AccountDesk } from '../../kernel/sealing/account-seal.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { type MembersTransfer, type RunStep, withMembersFile, writeInSteps } from '../../members/index.ts';
import type { ChainRepository } from '../chain-repository.ts';
import { withinFolder } from '../look-into-folder.ts';
import { directoryStep, type FoundMembers } from './directory-step.ts';
import { type DirectoryTill, fillsDirectory, type HeardTills, restoresFile } from './who-fills.ts';

export interface DirectoryWatchParts {
  readonly repository: Pick<ChainRepository, 'joined' | 'folder'>;
  readonly members: MembersTransfer;
  /** Whether the disk has room for optional data. */
  readonly hasDiskRoom: () => boolean;
  readonly till: () => { readonly tillId: string | null; readonly number: number };
  /** By their states; null while none could be read. */
  readonly others: () => HeardTills | null;
  readonly settings: Pick<Settings, 'get' | 'set'>;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs' | 'schedule'>;
  readonly logger: Logger;
  readonly changed: Changed<'chain'>;
}

/** Puts this till's member directory into the chain's folder, and takes a newer one out of it. */
export interface DirectoryWatch {
  start(): void;
  stop(): void;
  wokeUp(): void;
  /** Whether this till reads the directory from KYBIO, for itself and all others. */
  fills(): boolean;
  shown(): ShownChain['directory'];
}

export const MEMBERS_SEALED = 'members.sealed';

const TICK_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The beginning of a file is a quarter of a megabyte at most. */
const LOOK_EVERY_MS = HOUR_MS;
/** A directory of 200,000 is 17 MB: two minutes of a line of 1 Mbit/s, and as much again for each till that takes it. */
const WRITE_EVERY_MS = 24 * HOUR_MS;
/** After a write that failed: a share that is nearly full is not filled each hour. */
const AGAIN_MS = 6 * HOUR_MS;
/** Before it counts as silent who has not been heard of since this till opened or slept. */
const LISTEN_MS = HOUR_MS;
/** How long it has whoever was forgotten or erased since at the till that writes it. */
const OLD_MS = 30 * 24 * HOUR_MS;
/** Clocks may be apart; a list of a later day is by a wrong one. */
const AHEAD_MS = 24 * HOUR_MS;

/** Every till reads it, whatever user its program runs as; sealed as it is. */
const READABLE = 0o644;

const LAST_KEY = 'chain.directory';
const lastSchema = z.object({ act: z.enum(['written', 'taken']), members: z.number(), atMs: z.number() });

const refused = (reason: ChainMembersProblem): AppError => appError('chain-members-refused', { reason });

/** One look, with what it goes by. */
interface Look {
  readonly folder: string;
  readonly desk: AccountDesk;
  readonly tillId: string;
  readonly run: RunStep;
  readonly isCalledOff: () => boolean;
}

/** The file that this till has read to its end or written, and what was wrong with it. */
interface Known {
  readonly id: string;
  readonly reason: ChainMembersProblem | null;
}

export function createDirectoryWatch(parts: DirectoryWatchParts): DirectoryWatch {
  const { repository, members, settings, timeouts, clock, logger, changed } = parts;
  let isStopped = true;
  let isLooking = false;
  let endTicking = (): void => undefined;
  let looked: { readonly folder: string; readonly atMs: number } | null = null;
  let listensFromMs = 0;
  let mayWriteAtMs = 0;
  let known: Known | null = null;
  let problem: AppError | null = null;

  const folderNow = (): string | null => (repository.joined() === null ? null : repository.folder());

  const selfOf = (tillId: string): DirectoryTill => {
    return { tillId, number: parts.till().number, wholeAtMs: members.own().wholeAtMs };
  };
  const heard = (): HeardTills | null =>
    clock.monotonicMs() - listensFromMs < LISTEN_MS ? null : parts.others();

  /** Told once, and again only once something else came in between. */
  const tell = (found: AppError | null): void => {
    if (isDeepStrictEqual(found, problem)) return;
    problem = found;
    if (found !== null)
      logger.warn('chain.members', { code: found.code, reason: found.details?.['reason'] ?? '' });
    changed('chain');
  };

  const done = (act: 'written' | 'taken', count: number): void => {
    logger.info('chain.members', { act, members: count });
    settings.set(LAST_KEY, JSON.stringify({ act, members: count, atMs: clock.nowMs() }));
    changed('chain');
  };

  /** What the file's beginning says; its members are not read. */
  const find = async ({ folder, desk, run }: Look): Promise<FoundMembers & { readonly id: string }> => {
    if ((await run(() => lstat(folder))).isSymbolicLink()) return { kind: 'refused', reason: 'link', id: '' };
    const path = join(folder, MEMBERS_SEALED);
    const found = await withMembersFile(path, run, async ({ id, frames }) => {
      const header = await members.peek(desk, frames);
      return typeof header === 'string' ? header : { ...header, id: `${id} ${header.madeAtMs}` };
    });
    if (found === 'missing') return { kind: 'nothing', id: '' };
    if (typeof found === 'string') return { kind: 'refused', reason: found, id: '' };
    const { id, wholeAtMs, madeAtMs } = found;
    const nowMs = clock.nowMs();
    if ((wholeAtMs ?? 0) > nowMs + AHEAD_MS) return { kind: 'refused', reason: 'ahead', id };
    const before = known?.id === id ? known : null;
    if (before !== null && before.reason !== null) return { kind: 'refused', reason: before.reason, id };
    return { kind: 'members', wholeAtMs, isKnown: before !== null, isOld: nowMs - madeAtMs > OLD_MS, id };
  };

  /** Reads all of it, and keeps its members where `isTaken`. */
  const read = async (
    { folder, desk, run, isCalledOff }: Look,
    id: string,
    isTaken: boolean,
  ): Promise<void> => {
    const file = await withMembersFile(join(folder, MEMBERS_SEALED), run, ({ frames }) =>
      members.verify(desk, frames),
    );
    if (isCalledOff() || file === 'missing') return;
    if (typeof file === 'string') {
      known = { id, reason: file };
      return;
    }
    if (isTaken) {
      const added = await members.keep(desk, file, isCalledOff);
      if (added === null) return;
      done('taken', file.members);
    }
    known = { id, reason: null };
  };

  const write = async (look: Look): Promise<void> => {
    const { folder, desk, tillId, run, isCalledOff } = look;
    mayWriteAtMs = clock.monotonicMs() + AGAIN_MS;
    // What a power cut left of an earlier one has this name too.
    const temporary = join(folder, `${MEMBERS_SEALED}.${tillId}`);
    await run(() => removeFile(temporary));
    let count = 0;
    const pieces = members.pieces(desk, (some) => {
      count += some;
    });
    try {
      const steps = { run, mode: READABLE, pause: () => untilOthersRan(), isCalledOff };
      if (!(await writeInSteps(temporary, pieces, steps))) return;
      await run(() => renameFile(temporary, join(folder, MEMBERS_SEALED)));
    } finally {
      await run(() => removeFile(temporary)).catch(() => undefined);
    }
    await run(() => syncFolder(folder));
    mayWriteAtMs = clock.monotonicMs() + WRITE_EVERY_MS;
    if (isCalledOff()) return;
    done('written', count);
    known = { id: (await find(look)).id, reason: null };
  };

  const go = async (look: Look): Promise<AppError | null> => {
    const found = await find(look);
    if (look.isCalledOff()) return problem;
    const self = selfOf(look.tillId);
    const restores = restoresFile(self, heard());
    const step = directoryStep({ found, wholeAtMs: self.wholeAtMs, restores });
    if (step === 'write' && clock.monotonicMs() >= mayWriteAtMs) {
      await write(look);
      return null;
    }
    const takes = step === 'take' && parts.hasDiskRoom();
    if (takes || step === 'check') await read(look, found.id, takes);
    if (found.kind === 'refused') return refused(found.reason);
    return known?.id === found.id && known.reason !== null ? refused(known.reason) : null;
  };

  const failureOf = (thrown: unknown): AppError => {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code === 'ETIMEDOUT') return appError('chain-folder-hangs');
    if (code === 'ENOENT') return appError('chain-folder-gone');
    logger.error('chain.members-failed', { error: String(thrown) });
    const isOurs = code === '' || code.startsWith('SQLITE');
    if (isOurs) return databaseFailure(thrown) ?? appError('internal');
    return appError('chain-members-not-written', { system: code });
  };

  const look = async (folder: string): Promise<void> => {
    const desk = members.desk();
    const { tillId } = parts.till();
    const isCalledOff = () => isStopped || folderNow() !== folder;
    const run: RunStep = (work) => withinFolder(folder, timeouts, work);
    try {
      const found =
        desk === null || tillId === null ? null : await go({ folder, desk, tillId, run, isCalledOff });
      if (!isCalledOff()) tell(found);
    } catch (thrown) {
      if (!isCalledOff()) tell(failureOf(thrown));
    }
    looked = { folder, atMs: clock.monotonicMs() };
  };

  const tick = (): void => {
    const folder = folderNow();
    if (folder === null) {
      looked = null;
      tell(null);
      return;
    }
    if (isLooking || (looked?.folder === folder && clock.monotonicMs() - looked.atMs < LOOK_EVERY_MS)) return;
    if (looked?.folder !== folder) {
      known = null;
      mayWriteAtMs = 0;
      listen();
    }
    isLooking = true;
    void look(folder).finally(() => {
      isLooking = false;
    });
  };

  function listen(): void {
    listensFromMs = clock.monotonicMs();
  }

  return {
    start: () => {
      isStopped = false;
      listen();
      endTicking = every(clock, TICK_MS, tick);
      tick();
    },
    stop: () => {
      isStopped = true;
      endTicking();
    },
    wokeUp: listen,
    fills: () => {
      const folder = folderNow();
      const { tillId, number } = parts.till();
      if (folder === null || tillId === null) return number === 1;
      // What lies there may spare the calls.
      return looked?.folder === folder && fillsDirectory(selfOf(tillId), heard());
    },
    shown: () => ({ last: lastSchema.safeParse(readJson(settings.get(LAST_KEY))).data ?? null, problem }),
  };
}
