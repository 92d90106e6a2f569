import { type AppError, appError, ok, type Result } from '../../preload/contract/index.ts';
import { hadShifts, isShiftOpen } from '../day/index.ts';
import {
  HOST_PROFILE_KEY,
  NUMBER_TWICE_KEY,
  POLICY_KEY,
  readConfig,
  saveConfig,
  type TillConfig,
  withoutDeclarations,
} from '../hosts/index.ts';
import { forgetAccount, hadEntries, hasOpenEntries } from '../kernel/database/account-change.ts';
import { type Db, openDatabase, openDatabaseReadOnly } from '../kernel/database/open.ts';
import { createSeals, noSeals } from '../kernel/database/seals.ts';
import { createSettings, type Settings } from '../kernel/database/settings-repository.ts';
import { databaseFile, liveFolder } from '../kernel/folders.ts';
import { isThere } from '../kernel/held-file.ts';
import { CHECK_UP_KEY, isTestCreditOpen } from '../sending/index.ts';

/** Why this account cannot be set up in this folder; null where it can. */
export function accountProblem(folder: string, config: TillConfig): AppError | null {
  const file = databaseFile(liveFolder(folder));
  if (!isThere(file)) return null;
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return opened.error;
  const db = opened.value;
  try {
    if (isEmpty(db)) return null;
    const settings = createSettings(db);
    const read = readConfig(settings);
    if (!read.ok) return read.error;
    if (read.value !== null) return changeProblem(db, settings, read.value, config);
    // Whose they are is not known any more.
    return hasHistory(db, settings) ? appError('database-corrupt', { setting: 'till.config' }) : null;
  } finally {
    opened.value.close();
  }
}

/** A database that was made and never given its tables. */
const isEmpty = (db: Db): boolean => Number(db.pragma('user_version', { simple: true })) === 0;

/** Entries and shifts carry no account and no currency: they are of the till's. */
const hasHistory = (db: Db, settings: Settings): boolean => hadEntries(db) || hadShifts(db, settings);

function changeProblem(db: Db, settings: Settings, before: TillConfig, config: TillConfig): AppError | null {
  const isOther = !isSameAccount(before, config);
  // Test credits on the old account could not be taken back.
  if (isOther && isTestCreditOpen(settings)) return appError('check-up-open');
  const { host, appId } = before;
  const waits = hasOpenEntries(db);
  if ((isOther || before.currency !== config.currency) && hasHistory(db, settings))
    return appError('other-account', { host, appId, reason: waits ? 'open' : 'settled' });
  if (before.storeTimeZone === config.storeTimeZone) return null;
  if (isShiftOpen(settings)) return appError('shift-open-for-change');
  return waits ? appError('entries-open-for-change') : null;
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
    if (isEmpty(opened.value)) return false;
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
 * are other members', and an unproven host. `other-account` once there was an entry or a shift, `check-up-open` while a
 * test credit is out. Without the journal key the settings read as altered.
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
