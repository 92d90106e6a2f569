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
import type { ItPolicy } from '../../counter/index.ts';
import { readConfig } from '../../hosts/index.ts';
import { databaseFailure } from '../../kernel/database/failure.ts';
import { openDatabaseReadOnly } from '../../kernel/database/open.ts';
import { createSettings } from '../../kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../../kernel/folders.ts';
import { isThere } from '../../kernel/held-file.ts';
import type { Clock } from '../../kernel/ports.ts';
import { noTill, type Recorded, recordedIn, withComputer } from './status-facts.ts';
import { verdict } from './status-verdict.ts';

export interface StatusParts {
  readonly folder: string;
  readonly clock: Clock;
  readonly version: string;
  readonly itPolicy: () => Promise<ItPolicy>;
  /** Why the data must not be read: it is missing, or an update was cut off. */
  readonly problem: AppError | null;
}

/** Read beside a working till; a till that was never set up has no facts. */
function recorded(file: string, clock: Clock): Result<Recorded> {
  if (!isThere(file)) return ok(noTill);
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return opened;
  try {
    const settings = createSettings(opened.value);
    const config = readConfig(settings);
    if (!config.ok) return config;
    if (config.value === null) return ok(noTill);
    return ok(recordedIn({ db: opened.value, settings, config: config.value, clock }));
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
  return ok(await withComputer(found.value, folder, itPolicy));
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
