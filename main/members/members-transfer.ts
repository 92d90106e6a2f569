import type { MembersFileProblem } from '../../preload/contract/index.ts';
import type { Clock, Logger, Random } from '../kernel/ports.ts';
import type { AccountDesk } from '../kernel/sealing/account-seal.ts';
import type { Frame } from '../kernel/sealing/frames.ts';
import type { DirectoryFillService } from './directory-fill-service.ts';
import type { DirectoryRepository } from './directory-repository.ts';
import {
  createMembersFileReader,
  type MembersFileHeader,
  type MembersFileTold,
  membersFileBytes,
  pagesOf,
} from './members-file.ts';

/** A file that was opened to its end. */
export interface VerifiedMembers extends MembersFileTold {
  /** Opened again when they are kept: the members of all at once would need some hundred megabytes. */
  readonly frames: readonly Frame[];
}

/** The member directory to and from a members file, wherever that lies. */
export interface MembersTransfer {
  /** Null without a key: then nothing is sealed or opened. */
  desk(): AccountDesk | null;
  own(): { readonly wholeAtMs: number | null; readonly members: number };
  /** A file's bytes; each piece is read from the database when it is asked for. */
  pieces(desk: AccountDesk, onPage?: (members: number) => void): Iterable<Buffer>;
  /** The beginning alone; what it says is of the account's tills. */
  peek(desk: AccountDesk, frames: Frames): Promise<MembersFileHeader | MembersFileProblem>;
  verify(desk: AccountDesk, frames: Frames): Promise<VerifiedMembers | MembersFileProblem>;
  /** Keeps who is in it; how many were new, null where it was stopped before all were kept. */
  keep(desk: AccountDesk, file: VerifiedMembers, isStopped: () => boolean): Promise<number | null>;
}

type Frames = AsyncIterable<Frame | null>;

export interface MembersTransferParts {
  readonly directory: Pick<DirectoryRepository, 'after' | 'count' | 'keepFacts'>;
  readonly directoryFill: Pick<DirectoryFillService, 'filledElsewhere' | 'state'>;
  readonly desk: () => AccountDesk | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'bytes'>;
  readonly logger: Logger;
  /** Yields to other work of main. */
  readonly pause: () => Promise<void>;
}

/** Members kept in one commit, during which main is blocked: a few milliseconds. */
const STEP = 40;

export function createMembersTransfer(parts: MembersTransferParts): MembersTransfer {
  const { directory, directoryFill, clock, random, logger, pause } = parts;

  const own: MembersTransfer['own'] = () => ({
    wholeAtMs: directoryFill.state().updatedAtMs,
    members: directory.count(),
  });

  const pieces = (desk: AccountDesk, onPage: (members: number) => void = () => undefined) => {
    const nowMs = clock.nowMs();
    const { updatedAtMs } = directoryFill.state();
    // This till's clock may have been ahead.
    const wholeAtMs = updatedAtMs === null ? null : Math.min(updatedAtMs, nowMs);
    const counted = function* () {
      for (const page of pagesOf(directory.after)) {
        yield page;
        onPage(page.length);
      }
    };
    return membersFileBytes(desk, random, { madeAtMs: nowMs, wholeAtMs }, counted());
  };

  const peek: MembersTransfer['peek'] = async (desk, frames) => {
    const reader = createMembersFileReader(desk);
    let isFirst = true;
    for await (const frame of frames) {
      if (frame === null) break;
      const read = reader.take(frame);
      if (typeof read === 'string') return read;
      isFirst = false;
      const header = reader.header();
      if (header !== null) return header;
    }
    return isFirst ? 'foreign' : 'cut-off';
  };

  const verify: MembersTransfer['verify'] = async (desk, frames) => {
    const reader = createMembersFileReader(desk);
    const opened: Frame[] = [];
    for await (const frame of frames) {
      if (frame === null) return opened.length === 0 ? 'foreign' : 'cut-off';
      const read = reader.take(frame);
      if (typeof read === 'string') return read;
      opened.push(frame);
      await pause();
    }
    if (opened.length === 0) return 'foreign';
    const told = reader.end();
    return typeof told === 'string' ? told : { ...told, frames: opened };
  };

  const keep: MembersTransfer['keep'] = async (desk, { wholeAtMs, members, frames }, isStopped) => {
    const reader = createMembersFileReader(desk);
    const nowMs = clock.nowMs();
    let added = 0;
    for (const frame of frames) {
      const rows = reader.take(frame);
      if (typeof rows === 'string') throw new Error(`members file: ${rows}`);
      for (let at = 0; at < rows.length; at += STEP) {
        await pause();
        if (isStopped()) return null;
        const some = rows.slice(at, at + STEP);
        // Another till's clock may be ahead: no reading is later than now.
        added += directory.keepFacts(
          some.map((one) => ({ ...one, readAtMs: Math.min(one.readAtMs, nowMs) })),
        );
      }
    }
    if (isStopped()) return null;
    if (wholeAtMs !== null) directoryFill.filledElsewhere(Math.min(wholeAtMs, nowMs), members);
    logger.info('members.taken', { members, added });
    return added;
  };

  return { desk: parts.desk, own, pieces, peek, verify, keep };
}
