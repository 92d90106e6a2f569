import { open } from 'node:fs/promises';
import {
  type ChannelReply,
  everyEntry,
  type FileWords,
  ok,
  type Restored,
  type Result,
} from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import { every } from '../../kernel/every.ts';
import { fileNameOf } from '../../kernel/file-name.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { EntryQuery } from '../../ledger/shown/index.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import type { ExportService, FoundEnd } from '../find/export-service.ts';
import type { EraseMember } from './erase-member.ts';
import { createHeldCsv, type HeldEntry } from './held-csv.ts';
import type { MemberRowsRepository } from './member-rows-repository.ts';

export interface MemberDataRoomParts {
  readonly eraseMember: EraseMember;
  readonly rows: MemberRowsRepository;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly outbox: Pick<Ledger['outbox'], 'find'>;
  readonly exports: Pick<ExportService, 'take'>;
  /** Entries that a restored backup lacks. */
  readonly lost: () => Restored['entries'];
  readonly account: string;
  readonly storeTimeZone: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly today: () => string;
  readonly pause: () => Promise<void>;
}

/** A restored till gets to it soon, and while something of the member is open tries again. */
const FIRST_AFTER_MS = 10_000;
const AGAIN_EVERY_MS = 3_600_000;

export function createMemberDataRoom(parts: MemberDataRoomParts): Room {
  const { eraseMember, clock, logger } = parts;
  let stop = (): void => undefined;
  let cancelFirst = (): void => undefined;
  const eraseAgain = (): void =>
    void eraseMember
      .eraseAgain()
      .catch((thrown: unknown) => logger.error('member.not-erased-again', { error: String(thrown) }));
  return {
    name: 'member-data',
    handlers: {
      'memberData:look': async ({ customerUid }) => ok(await eraseMember.look(customerUid)),
    },
    managersHandlers: {
      'memberData:save': ({ customerUid, words }, who) => save(parts, { customerUid, words }, who),
      'memberData:erase': ({ customerUid }, who) => eraseMember.erase(customerUid, who),
    },
    start: () => {
      cancelFirst = clock.schedule(FIRST_AFTER_MS, eraseAgain);
      stop = every(clock, AGAIN_EVERY_MS, eraseAgain);
    },
    stop: () => {
      cancelFirst();
      stop();
    },
  };
}

interface Asked {
  readonly customerUid: string;
  readonly words: FileWords;
}

const ofMember = (customerUid: string): EntryQuery => ({
  filter: { ...everyEntry, customerUid },
  uids: [],
  range: null,
  within: { fromMs: null, beforeMs: null },
});

function save(
  parts: MemberDataRoomParts,
  { customerUid, words }: Asked,
  who: Actor,
): Promise<Result<ChannelReply<'memberData:save'>>> {
  const { rows, directory, clock, storeTimeZone, account } = parts;
  const member = directory.byUid(customerUid);
  const today = parts.today();
  const phoneShown = rows.phoneShown(customerUid);
  const lost = parts.lost().filter((entry) => entry.customerUid === customerUid);
  const held = { customerUid, member, phoneShown, lost, account, nowMs: clock.nowMs(), today };
  const csv = createHeldCsv(held, { words, storeTimeZone });
  return parts.exports.take(
    {
      // Without the name: a file's name is seen by more people than the file.
      name: fileNameOf(['Member', customerUid, today], 'csv'),
      content: { of: 'member', customerUid },
      write: (target, _onProgress, callOff) => write(parts, { customerUid, csv, target, callOff }),
    },
    who,
  );
}

interface Writing {
  readonly customerUid: string;
  readonly csv: ReturnType<typeof createHeldCsv>;
  readonly target: string;
  readonly callOff: AbortSignal;
}

async function write(parts: MemberDataRoomParts, writing: Writing): Promise<FoundEnd> {
  try {
    return await writeHeld(parts, writing);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? 'unknown';
    return { end: 'failed', of: /^(SQLITE|unknown)/.test(code) ? 'reading' : 'writing', code };
  }
}

async function writeHeld(
  { outbox, rows, pause }: MemberDataRoomParts,
  { customerUid, csv, target, callOff }: Writing,
): Promise<FoundEnd> {
  const file = await open(target, 'wx', 0o600);
  try {
    await file.appendFile([...csv.head(), csv.entriesHead()].join(''));
    const entries: HeldEntry[] = [];
    for (const { entries: some } of outbox.find.all(ofMember(customerUid))) {
      if (callOff.aborted) return { end: 'called-off' };
      const read = some.map((entry) => ({ entry, beside: rows.beside(entry.id) }));
      await file.appendFile(read.map(csv.entry).join(''));
      entries.push(...read);
      await pause();
    }
    await file.appendFile([...csv.foot(entries)].join(''));
    await file.sync();
    return { end: 'written', entries: entries.length };
  } finally {
    await file.close();
  }
}
