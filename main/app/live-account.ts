import { type AppError, appError, ok, type Result } from '../../preload/contract/index.ts';
import { isShiftOpen } from '../day/index.ts';
import {
  HOST_PROFILE_KEY,
  NUMBER_TWICE_KEY,
  POLICY_KEY,
  readConfig,
  saveConfig,
  type TillConfig,
  withoutDeclarations,
} from '../hosts/index.ts';
import { forgetAccount, hasOpenEntries } from '../kernel/database/account-change.ts';
import { type Db, openDatabase, openDatabaseReadOnly } from '../kernel/database/open.ts';
import { createSeals, noSeals } from '../kernel/database/seals.ts';
import { createSettings, type Settings } from '../kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../kernel/folders.ts';
import { isThere } from '../kernel/held-file.ts';
import { CHECK_UP_KEY, isTestCreditOpen } from '../sending/index.ts';

/** Why this account cannot be set up in this folder; null where it can. */
export function accountProblem(folder: string, config: TillConfig): AppError | null {
  const file = databaseFile(liveFolder(folder));
  if (!isLiveConfigured(folder)) return null;
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return opened.error;
  try {
    const settings = createSettings(opened.value);
    const read = readConfig(settings);
    if (!read.ok) return read.error;
    const before = read.value;
    return before === null ? null : changeProblem(opened.value, settings, before, config);
  } finally {
    opened.value.close();
  }
}

/** Currency and account must not change under an open shift or waiting entries. */
function changeProblem(db: Db, settings: Settings, before: TillConfig, config: TillConfig): AppError | null {
  const isOther = !isSameAccount(before, config);
  // Test credits on the old account could not be taken back.
  if (isOther && isTestCreditOpen(settings)) return appError('check-up-open');
  const waits = hasOpenEntries(db);
  if (isOther && waits) return appError('other-account', { host: before.host, appId: before.appId });
  const fields = ['currency', 'storeTimeZone'] as const;
  const [changed] = isOther ? ['account'] : fields.filter((field) => before[field] !== config[field]);
  if (changed === undefined) return null;
  if (isShiftOpen(settings)) return appError('shift-open-for-change', { field: changed });
  return waits ? appError('entries-open-for-change', { field: changed }) : null;
}

/** The live till's stored configuration; null where there is none. Errors: database-*. */
export function liveConfig(folder: string): Result<TillConfig | null> {
  if (!isLiveConfigured(folder)) return ok(null);
  const opened = openDatabaseReadOnly(databaseFile(liveFolder(folder)));
  if (!opened.ok) return opened;
  try {
    return readConfig(createSettings(opened.value));
  } finally {
    opened.value.close();
  }
}

/** An unreadable database counts as a live till: nothing may replace it. */
export function isLiveConfigured(folder: string): boolean {
  const file = databaseFile(liveFolder(folder));
  if (!isThere(file)) return false;
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return true;
  try {
    if (Number(opened.value.pragma('user_version', { simple: true })) === 0) return false;
    const read = readConfig(createSettings(opened.value));
    return !read.ok || read.value !== null;
  } finally {
    opened.value.close();
  }
}

const isSameAccount = (one: TillConfig, other: TillConfig): boolean =>
  one.host === other.host && one.appId === other.appId;

/** Proofs and declarations hold for one host and account only. */
function forgetHost(settings: Settings): void {
  settings.remove(HOST_PROFILE_KEY);
  settings.remove(CHECK_UP_KEY);
  undeclareNumbers(settings);
}

/** Numbers were declared unique before this change. */
function undeclareNumbers(settings: Settings): void {
  settings.remove(NUMBER_TWICE_KEY);
  const policy = settings.get(POLICY_KEY);
  if (policy !== null) settings.set(POLICY_KEY, withoutDeclarations(policy));
}

const isSameNumber = (one: TillConfig, other: TillConfig): boolean =>
  one.tillNumber === other.tillNumber && one.tillCount === other.tillCount;

/**
 * Writes what a live till needs before it is opened. Another account starts with an empty directory, for card numbers
 * are other members', and an unproven host. `other-account` while entries of the old account are open, `check-up-open`
 * while a test credit is out. Without the journal key the settings read as altered.
 */
export function configureLive(folder: string, config: TillConfig, journalKey?: Buffer): AppError | null {
  const problem = accountProblem(folder, config);
  if (problem !== null) return problem;
  const opened = openDatabase(databaseFile(liveFolder(folder)));
  if (!opened.ok) return opened.error;
  try {
    const seals = journalKey === undefined ? noSeals : createSeals(opened.value, journalKey);
    const settings = createSettings(opened.value, seals);
    const read = readConfig(settings);
    if (!read.ok) return read.error;
    const before = read.value;
    opened.value.transaction(() => {
      if (before !== null && !isSameAccount(before, config)) {
        forgetAccount(opened.value, settings, seals);
        forgetHost(settings);
      }
      if (before !== null && !isSameNumber(before, config)) undeclareNumbers(settings);
      saveConfig(settings, config);
    })();
    return null;
  } finally {
    opened.value.close();
  }
}
