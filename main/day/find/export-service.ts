import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { appError, type ChannelReply, err, ok, type Result } from '../../../preload/contract/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import { renameFile, syncFolder } from '../../kernel/atomic-file.ts';
import { fileNameOf } from '../../kernel/file-name.ts';
import type { Clock, Logger, Random, SavePlace } from '../../kernel/ports.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import type { Changed } from '../../kernel/room.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import type { EntryQuery } from '../../ledger/shown/index.ts';

import type { Readable } from './readable-csv.ts';

export type FoundEnd =
  | { readonly end: 'written'; readonly entries: number }
  | { readonly end: 'called-off' }
  | { readonly end: 'failed'; readonly of: 'reading' | 'writing'; readonly code: string };

export interface ToWrite {
  readonly query: EntryQuery;
  readonly target: string;
  /** As people read it; absent: all columns by their names, for programs. */
  readonly readable?: Readable;
}

/** Writes what is found into a new file, in a worker. Rejects where none can be started. */
export type WriteFound = (asked: ToWrite, onProgress: OnProgress, callOff: AbortSignal) => Promise<FoundEnd>;

/** A file that a person takes along. */
export interface Taking {
  /** The suggested name. */
  readonly name: string;
  /** What the journal records of it, beside who took it and how many entries. */
  readonly content: object;
  /** Writes into a new file that nobody knows yet. */
  readonly write: (target: string, onProgress: OnProgress, callOff: AbortSignal) => Promise<FoundEnd>;
}

export interface ExportService {
  /** A file of another room, exported the same way. Errors: those of `export`. */
  take(taking: Taking, who: Actor): Promise<Result<ChannelReply<'find:export'>>>;
  /** Into a file that the person chooses. Errors: export-running, export-disk-full, export-failed, file-not-saved, key-lost. */
  export(asked: Omit<ToWrite, 'target'>, who: Actor): Promise<Result<ChannelReply<'find:export'>>>;
  cancel(): void;
  percent(): number | null;
  /** Cancels what is running and leaves no file behind. */
  stop(): Promise<void>;
}

export interface ExportParts {
  /** Null where nobody can choose a file. */
  readonly place: SavePlace | null;
  readonly write: WriteFound;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'uuid'>;
  readonly logger: Logger;
  readonly changed: Changed<'exportPercent'>;
  readonly till: string;
  readonly today: () => string;
}

const noRoom = /^(ENOSPC|EDQUOT|EFBIG)$/;

function failure(of: 'reading' | 'writing', code: string) {
  if (of === 'reading') return appError('export-failed', { system: code });
  return noRoom.test(code) ? appError('export-disk-full') : appError('file-not-saved', { system: code });
}

const codeOf = (thrown: unknown): string => (thrown as NodeJS.ErrnoException).code ?? 'unknown';

/** The filter as the journal records it. A text is a member's name, card or phone, which no row may have. */
const narrowing = ({ filter: { text, sumOf, ...filter }, range }: EntryQuery): object => ({
  ...(text.trim() === '' ? {} : { hasText: true }),
  ...(filter.least === null && filter.most === null ? {} : { sumOf }),
  ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== '')),
  ...(range === null ? {} : { range }),
});

const none = ok({ saved: null });

export function createExportService(parts: ExportParts): ExportService {
  const { place, journal, clock, random, logger, changed } = parts;
  let percent: number | null = null;
  let callOff: AbortController | null = null;
  let ended: Promise<unknown> = Promise.resolve();

  const onPercent = (now: number | null): void => {
    if (now === percent) return;
    percent = now;
    changed('exportPercent');
  };

  /** The journal records it before the file appears: nothing leaves the till unrecorded. */
  const keep = async (
    { taking, who, partial, target }: { taking: Taking; who: Actor; partial: string; target: string },
    entries: number,
  ) => {
    if (journal === null) return err(appError('key-lost'));
    const { approvedBy = null } = who;
    const content = { entries, ...taking.content, approvedBy };
    journal.append({ event: 'noted', actor: actorText(who), reason: 'exported', content });
    try {
      await renameFile(partial, target);
      await syncFolder(dirname(target));
      return ok({ saved: { entries, atMs: clock.nowMs() } });
    } catch (thrown) {
      return err(failure('writing', codeOf(thrown)));
    }
  };

  const writeInto = async (target: string, taking: Taking, who: Actor, signal: AbortSignal) => {
    const partial = `${target}.${random.uuid()}`;
    const onProgress: OnProgress = ({ done, of }) =>
      onPercent(of === 0 ? 100 : Math.floor((100 * done) / of));
    try {
      const written = await taking.write(partial, onProgress, signal);
      if (written.end === 'failed') return err(failure(written.of, written.code));
      // Cancelled after the last entry was written, too.
      if (written.end === 'called-off' || signal.aborted) return none;
      return await keep({ taking, who, partial, target }, written.entries);
    } catch (thrown) {
      logger.error('export.failed', { error: String(thrown) });
      return err(appError('export-failed', { system: codeOf(thrown) }));
    } finally {
      await rm(partial, { force: true }).catch(() => undefined);
    }
  };

  const run = async (taking: Taking, who: Actor, signal: AbortSignal) => {
    if (place === null) return none;
    if (journal === null) return err(appError('key-lost'));
    const target = await place.pick(taking.name);
    if (target === null || signal.aborted) return none;
    onPercent(0);
    return writeInto(target, taking, who, signal);
  };

  const take: ExportService['take'] = async (taking, who) => {
    if (callOff !== null) return err(appError('export-running'));
    const own = new AbortController();
    callOff = own;
    const running = run(taking, who, own.signal);
    ended = running.catch(() => undefined);
    try {
      return await running;
    } finally {
      callOff = null;
      onPercent(null);
    }
  };

  return {
    take,
    export: (asked, who) =>
      take(
        {
          name: fileNameOf(
            ['Entries', parts.till, parts.today(), ...(asked.readable === undefined ? ['all columns'] : [])],
            'csv',
          ),
          content: { filter: narrowing(asked.query) },
          write: (target, onProgress, signal) => parts.write({ ...asked, target }, onProgress, signal),
        },
        who,
      ),
    cancel: () => callOff?.abort(),
    percent: () => percent,
    stop: async () => {
      callOff?.abort();
      // An open system dialog is not waited for: nothing is written by then.
      if (percent !== null) await ended;
    },
  };
}
