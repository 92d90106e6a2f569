import {
  metBy,
  NUMBER_TWICE_KEY,
  type Numbering,
  type NumberTwice,
  readTwice,
  type SeenTill,
} from '../hosts/index.ts';
import { actorText, theProgram } from '../kernel/actor.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import type { Db } from '../kernel/database/open.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Logger } from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { JournalRepository } from './journal/journal-repository.ts';
import type { TillIdentity } from './journal/till-identity-repository.ts';

/** Whether another till of the account uses this till's seconds; stands until a number is given anew. */
export interface NumbersSeen {
  /** Another till's state was read in the chain's folder. Returns what it shows now for the first time; else null. */
  see(seen: SeenTill): NumberTwice | null;
  /** The first such till; null if none stands. */
  twice(): NumberTwice | null;
}

interface NumbersSeenParts {
  readonly db: Db;
  readonly settings: Settings;
  /** Null while its key is lost. */
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly tillIdentity: Pick<TillIdentity, 'tillId'>;
  readonly runInTransaction: RunInTransaction;
  readonly numbering: Numbering;
  readonly changed: Changed<'till'>;
  readonly logger: Logger;
}

const SEEN_TWICE = 'till number twice';
/** Notes of a number given by hand or by file. */
const GIVEN = ['till number', 'provisioned'] as const;

export function createNumbersSeen(parts: NumbersSeenParts): NumbersSeen {
  const { db, settings, journal, tillIdentity, runInTransaction, numbering, changed, logger } = parts;
  const given = db.prepare(
    `SELECT at_ms AS atMs FROM journal WHERE entry IS NULL AND reason IN (?, ?) ORDER BY number DESC LIMIT 1`,
  );
  const first = db.prepare('SELECT at_ms AS atMs FROM journal WHERE number = 1');
  const since = () => ((given.get(...GIVEN) ?? first.get()) as { atMs: number } | undefined)?.atMs ?? null;
  const keep = (twice: NumberTwice) =>
    runInTransaction(() => {
      settings.set(NUMBER_TWICE_KEY, JSON.stringify(twice));
      const note = { event: 'noted', actor: actorText(theProgram), reason: SEEN_TWICE } as const;
      journal?.append({ ...note, content: twice });
    });
  const twice = () => readTwice(settings.get(NUMBER_TWICE_KEY));
  return {
    twice,
    see: ({ tillId, till, saidAtMs, ...other }) => {
      const sinceMs = since();
      const what = metBy(numbering, other);
      if (journal === null || sinceMs === null || what === null || twice() !== null) return null;
      // What it said before this till was given its number may be why that was given.
      if (tillId === tillIdentity.tillId || saidAtMs <= sinceMs) return null;
      const found: NumberTwice = { till, tillId, what };
      logger.error('till.number-twice', { what });
      try {
        keep(found);
      } catch (thrown) {
        // The next reading notices again.
        if (databaseFailure(thrown) === null) throw thrown;
      }
      changed('till');
      return found;
    },
  };
}
