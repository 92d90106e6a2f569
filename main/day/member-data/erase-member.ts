import {
  type AppError,
  appError,
  type Erasable,
  err,
  type MemberCopies,
  ok,
  type Result,
} from '../../../preload/contract/index.ts';
import { type Actor, theProgram } from '../../kernel/actor.ts';
import type { Db } from '../../kernel/database/open.ts';
import { overwriting } from '../../kernel/database/overwrite.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { Ledger } from '../../ledger/index.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import type { MemberRowsRepository } from './member-rows-repository.ts';

export interface EraseMemberParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly erased: Ledger['erased'];
  readonly outbox: Pick<Ledger['outbox'], 'byId' | 'sumsOfMember' | 'readAnew'>;
  readonly directory: Pick<DirectoryRepository, 'byUid' | 'forgetMember'>;
  readonly rows: MemberRowsRepository;
  /** Entries with a receipt that nobody has decided about yet. */
  readonly unprinted: () => readonly string[];
  /** Where copies lie that an erasure does not reach. */
  readonly copies: () => Promise<MemberCopies>;
  /** Takes these members' names out of the list of what a restore lost. */
  readonly forgetLost: (isErased: (customerUid: string) => boolean) => void;
  readonly logger: Logger;
  readonly changed: Changed<'activity' | 'waiting' | 'today' | 'refusals' | 'receipts' | 'restored'>;
  /** Yields to other work of main. */
  readonly pause: () => Promise<void>;
}

/** Erases a member's name, card and phone (ADR 94). */
export interface EraseMember {
  look(customerUid: string): Promise<Erasable>;
  erase(customerUid: string, who: Actor): Result<{ readonly entries: number }>;
  /** Erases again who came back with a backup, once nothing of theirs is open. */
  eraseAgain(): Promise<void>;
}

const ERASE_AGAIN = 'members.eraseAgain';

/** For members who were erased after a backup that was restored, by their digests. */
export function eraseLater(settings: Settings, digests: readonly string[]): void {
  const all = new Set([...(settings.get(ERASE_AGAIN)?.split(' ') ?? []), ...digests]);
  if (all.size > 0) settings.set(ERASE_AGAIN, [...all].join(' '));
}

const STEP = 500;

export function createEraseMember(parts: EraseMemberParts): EraseMember {
  const { db, settings, erased, outbox, directory, rows, logger } = parts;
  const isOf = (customerUid: string) => (entryId: string) =>
    outbox.byId(entryId)?.customerUid === customerUid;

  /** What the till or a person still works on needs its member's name. */
  const problemOf = (customerUid: string): AppError | null => {
    const { waiting, checking, review, refused } = outbox.sumsOfMember(customerUid);
    if ([waiting, checking, review, refused].some(({ entries }) => entries > 0))
      return appError('erase-entry-open');
    const isTheirs = isOf(customerUid);
    return parts.unprinted().some(isTheirs) ? appError('erase-receipt-open') : null;
  };

  const erase: EraseMember['erase'] = (customerUid, who) => {
    if (erased === null) return err(appError('key-lost'));
    const problem = problemOf(customerUid);
    if (problem !== null) return err(problem);
    const entries = erased.entriesOf(customerUid);
    if (entries === 0 && directory.byUid(customerUid) === null) return err(appError('member-not-found'));
    overwriting(db, () => {
      erased.erase(customerUid, who);
      directory.forgetMember(customerUid);
      parts.forgetLost((uid) => uid === customerUid);
    });
    outbox.readAnew();
    parts.changed('activity', 'waiting', 'today', 'refusals', 'receipts', 'restored');
    logger.info('member.erased', { entries });
    return ok({ entries });
  };

  const uidsAfter = db.prepare(
    `SELECT uid FROM (SELECT customer_uid AS uid FROM member UNION SELECT uid FROM customer)
     WHERE uid > ? ORDER BY uid LIMIT ${STEP}`,
  );

  return {
    erase,
    look: async (customerUid) => ({
      isListed: directory.byUid(customerUid) !== null,
      entries: erased?.entriesOf(customerUid) ?? 0,
      withWords: rows.withWords(customerUid),
      copies: await parts.copies(),
      problem: erased === null ? appError('key-lost') : problemOf(customerUid),
    }),
    eraseAgain: async () => {
      const kept = settings.get(ERASE_AGAIN);
      if (kept === null || erased === null) return;
      const wanted = new Set(kept.split(' '));
      // First: from here on no list of members brings anybody back.
      for (const digest of wanted) if (!erased.hasDigest(digest)) erased.note(digest, theProgram);
      const waiting: string[] = [];
      for (let after = ''; ; ) {
        await parts.pause();
        if (!db.open) return;
        const uids = (uidsAfter.all(after) as { uid: string }[]).map(({ uid }) => uid);
        for (const uid of uids) {
          const digest = erased.digestOf(uid);
          if (!wanted.has(digest)) continue;
          const done = erase(uid, theProgram);
          if (!done.ok && done.error.code !== 'member-not-found') waiting.push(digest);
        }
        const last = uids.at(-1);
        if (last === undefined || uids.length < STEP) break;
        after = last;
      }
      // Who is in that list alone, by the open entries, is in no table.
      parts.forgetLost((uid) => {
        const digest = erased.digestOf(uid);
        return wanted.has(digest) && !waiting.includes(digest);
      });
      parts.changed('restored');
      if (waiting.length === 0) settings.remove(ERASE_AGAIN);
      else if (waiting.join(' ') !== kept) settings.set(ERASE_AGAIN, waiting.join(' '));
    },
  };
}
