import { existsSync } from 'node:fs';
import {
  type AppError,
  appError,
  err,
  ok,
  type Result,
  STATUS_FORMAT,
  type StatusFacts,
  type StatusReport,
} from '../../../preload/contract/index.ts';
import { type ItPolicy, policyOf } from '../../counter/index.ts';
import { lastZIn } from '../../day/index.ts';
import { isSeenTwice, readConfig, readConnection } from '../../hosts/index.ts';
import { countOpenEntries } from '../../kernel/database/account-change.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { type Db, openDatabaseReadOnly } from '../../kernel/database/open.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import { backupFolder, databaseFile, liveFolder } from '../../kernel/folders.ts';
import type { Clock } from '../../kernel/ports.ts';
import { epochOf, readTillLine } from '../../ledger/journal/index.ts';
import { backupsOf, diskState, freeBytes, secondPlaceSeen } from '../../safety/index.ts';
import { journalViews } from '../journal-views.ts';
import { verdict } from './status-verdict.ts';

export interface StatusParts {
  readonly folder: string;
  readonly clock: Clock;
  readonly version: string;
  readonly itPolicy: () => Promise<ItPolicy>;
  /** Why the data must not be read: it is missing, or an update was cut off. */
  readonly problem: AppError | null;
}

type Recorded = Omit<StatusFacts, 'backups' | 'disk' | 'policyFile'>;

const noTill: Recorded = {
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
  const oldest = db
    .prepare("SELECT MIN(created_at_ms) AS ms FROM increment WHERE state IN ('queued', 'sending', 'unknown')")
    .get() as { ms: number | null };
  return {
    waiting: of('queued'),
    checking: of('sending', 'unknown'),
    needsReview: of('review'),
    refusedUnseen: unseen.entries,
    oldestUnsentAtMs: oldest.ms,
  };
}

function recordedIn(db: Db, clock: Clock): Result<Recorded> {
  const settings = createSettings(db);
  const config = readConfig(settings);
  if (!config.ok) return config;
  if (config.value === null) return ok(noTill);
  const { currency, tillName, tillNumber, tillCount } = config.value;
  const entries = entriesIn(db);
  const line = readTillLine(db);
  const lastRow = db.prepare('SELECT at_ms FROM journal ORDER BY number DESC LIMIT 1').get();
  return ok({
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
      config: config.value,
      policy: () => policyOf(settings, currency),
      waiting: entries.waiting,
    }),
    lastRowAtMs: (lastRow as { at_ms: number } | undefined)?.at_ms ?? null,
  });
}

/** Read beside a working till; a till that was never set up has no facts. */
function recorded(file: string, clock: Clock): Result<Recorded> {
  if (!existsSync(file)) return ok(noTill);
  const opened = openDatabaseReadOnly(file, journalViews);
  if (!opened.ok) return opened;
  try {
    return recordedIn(opened.value, clock);
  } catch (thrown) {
    const failure = databaseFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  } finally {
    opened.value.close();
  }
}

async function factsOf({ folder, clock, itPolicy, problem }: StatusParts): Promise<Result<StatusFacts>> {
  if (problem !== null) return err(problem);
  const found = recorded(databaseFile(liveFolder(folder)), clock);
  if (!found.ok) return found;
  const [backups, free, file] = await Promise.all([
    backupsOf(backupFolder(folder)),
    freeBytes(folder),
    itPolicy(),
  ]);
  return ok({
    ...found.value,
    backups,
    disk: { freeMegabytes: free === null ? null : Math.floor(free / 1_000_000), state: diskState(free) },
    policyFile: {
      settings: Object.keys(file.settings) as StatusFacts['policyFile']['settings'],
      problem: file.problem,
    },
  });
}

/** A folder on a share may never answer. */
const LIMIT_MS = 20_000;

/** `--status`: the live till in one line, from what lies on this computer alone; the second place is not touched. */
export async function statusCommand(parts: StatusParts): Promise<StatusReport> {
  const { clock, version } = parts;
  const tooLong = new Promise<Result<StatusFacts>>((resolve) => {
    clock.schedule(LIMIT_MS, () => resolve(err(appError('status-too-slow'))));
  });
  const found = await Promise.race([factsOf(parts), tooLong]);
  const atMs = clock.nowMs();
  const head = { format: STATUS_FORMAT, atMs, version } as const;
  return found.ok
    ? { ...head, ...verdict(found.value, atMs), ...found.value }
    : { ...head, result: 'unreadable', error: found.error };
}
