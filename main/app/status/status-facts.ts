import type { StatusFacts } from '../../../preload/contract/index.ts';
import { type ItPolicy, policyOf } from '../../counter/index.ts';
import { lastZIn } from '../../day/index.ts';
import { isSeenTwice, readConnection, type TillConfig } from '../../hosts/index.ts';
import { countOpenEntries } from '../../kernel/database/account-change.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { backupFolder } from '../../kernel/folders.ts';
import type { Clock } from '../../kernel/ports.ts';
import { epochOf, readTillLine } from '../../ledger/journal/index.ts';
import { backupsOf, diskState, freeBytes, secondPlaceSeen } from '../../safety/index.ts';

/** What a till's database says of it. */
export type Recorded = Omit<StatusFacts, 'backups' | 'disk' | 'policyFile'>;

/** Where a till was never set up. */
export const noTill: Recorded = {
  till: null,
  entries: { waiting: 0, checking: 0, needsReview: 0, refusedUnseen: 0, oldestUnsentAtMs: null },
  lastZ: null,
  isCopyMet: false,
  isNumberTwice: false,
  secondPlace: null,
  calls: { used: 0, limit: 0, left: 0 },
  clockSkewMs: 0,
  pauses: [],
  lastRowAtMs: null,
};

function entriesIn(db: Db): Recorded['entries'] {
  const open = new Map(countOpenEntries(db).map(({ state, entries }) => [state, entries]));
  const of = (...states: readonly ('queued' | 'sending' | 'unknown' | 'review')[]) =>
    states.reduce((sum, state) => sum + (open.get(state) ?? 0), 0);
  const unseen = db
    .prepare("SELECT COUNT(*) AS entries FROM increment WHERE state = 'rejected' AND acknowledged = 0")
    .get() as { entries: number };
  // By the index of what is open: without naming all of its states SQLite reads every entry there is.
  const oldest = db
    .prepare(
      `SELECT MIN(created_at_ms) AS ms FROM increment INDEXED BY increment_open
       WHERE state IN ('queued', 'sending', 'unknown', 'review') AND state <> 'review'`,
    )
    .get() as { ms: number | null };
  return {
    waiting: of('queued'),
    checking: of('sending', 'unknown'),
    needsReview: of('review'),
    refusedUnseen: unseen.entries,
    oldestUnsentAtMs: oldest.ms,
  };
}

interface RecordedParts {
  readonly db: Db;
  readonly settings: Settings;
  readonly config: TillConfig;
  readonly clock: Clock;
}

/** Nothing is written: another process may run this till, or this one does. */
export function recordedIn({ db, settings, config, clock }: RecordedParts): Recorded {
  const { currency, tillName, tillNumber, tillCount } = config;
  const entries = entriesIn(db);
  const line = readTillLine(db);
  const lastRow = db.prepare('SELECT at_ms FROM journal ORDER BY number DESC LIMIT 1').get();
  return {
    till: {
      name: tillName,
      number: tillNumber,
      count: tillCount,
      tillId: line?.tillId ?? null,
      epoch: line === null ? null : epochOf(line),
      dataFormat: Number(db.pragma('user_version', { simple: true })),
    },
    entries,
    lastZ: lastZIn(db),
    isCopyMet: (line?.open.length ?? 0) > 0,
    isNumberTwice: isSeenTwice(settings),
    secondPlace: secondPlaceSeen(settings),
    ...readConnection({
      db,
      settings,
      clock,
      config,
      policy: () => policyOf(settings, currency),
      waiting: entries.waiting,
    }),
    lastRowAtMs: (lastRow as { at_ms: number } | undefined)?.at_ms ?? null,
  };
}

/** The same with what lies around the database; `folder` is the program's. */
export async function withComputer(
  recorded: Recorded,
  folder: string,
  itPolicy: () => Promise<ItPolicy>,
): Promise<StatusFacts> {
  const [backups, free, file] = await Promise.all([
    backupsOf(backupFolder(folder)),
    freeBytes(folder),
    itPolicy(),
  ]);
  return {
    ...recorded,
    backups,
    disk: { freeMegabytes: free === null ? null : Math.floor(free / 1_000_000), state: diskState(free) },
    policyFile: {
      settings: Object.keys(file.settings) as StatusFacts['policyFile']['settings'],
      problem: file.problem,
    },
  };
}
