import { existsSync } from 'node:fs';
import { type AppError, appError, ok, type Result } from '../../preload/contract/index.ts';
import { isShiftOpen } from '../day/index.ts';
import {
  CLOSED_KEY,
  HOST_PROFILE_KEY,
  NUMBER_TWICE_KEY,
  POLICY_KEY,
  readClosed,
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
import { CHECK_UP_KEY, isTestCreditOpen } from '../sending/index.ts';
import { journalViews } from './journal-views.ts';

/** What stands against this account in this data folder, before anything is kept; null = nothing. */
export function accountProblem(folder: string, config: TillConfig): AppError | null {
  const file = databaseFile(liveFolder(folder));
  if (!isLiveConfigured(folder)) return null;
  const opened = openDatabaseReadOnly(file, journalViews);
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

/** What an open shift's sums and the entries that wait are told in must not become another under them. */
function changeProblem(db: Db, settings: Settings, before: TillConfig, config: TillConfig): AppError | null {
  const isOther = !isSameAccount(before, config);
  // What the check-up has credited there is not taken back here.
  if (isOther && isTestCreditOpen(settings)) return appError('check-up-open');
  const waits = hasOpenEntries(db);
  if (isOther && waits) return appError('other-account', { host: before.host, appId: before.appId });
  const fields = ['currency', 'storeTimeZone'] as const;
  const [changed] = isOther ? ['account'] : fields.filter((field) => before[field] !== config[field]);
  if (changed === undefined) return null;
  if (isShiftOpen(settings)) return appError('shift-open-for-change', { field: changed });
  return waits ? appError('entries-open-for-change', { field: changed }) : null;
}

/** What is kept of the live till; null where there is none. Errors: database-*. */
export function liveConfig(folder: string): Result<TillConfig | null> {
  if (!isLiveConfigured(folder)) return ok(null);
  const opened = openDatabaseReadOnly(databaseFile(liveFolder(folder)), journalViews);
  if (!opened.ok) return opened;
  try {
    return readConfig(createSettings(opened.value));
  } finally {
    opened.value.close();
  }
}

/** Whether this data folder has a live till. What cannot be read counts as one: nothing may take its place. */
export function isLiveConfigured(folder: string): boolean {
  const file = databaseFile(liveFolder(folder));
  if (!existsSync(file)) return false;
  const opened = openDatabaseReadOnly(file, journalViews);
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

/** What was proven of one host, and declared of one account, is nothing to the next. */
function forgetHost(settings: Settings): void {
  settings.remove(HOST_PROFILE_KEY);
  settings.remove(CHECK_UP_KEY);
  settings.remove(CLOSED_KEY);
  undeclareNumbers(settings);
}

/** Every till of the account has its own number: so it was said of the numbers before. */
function undeclareNumbers(settings: Settings): void {
  settings.remove(NUMBER_TWICE_KEY);
  const policy = settings.get(POLICY_KEY);
  if (policy !== null) settings.set(POLICY_KEY, withoutDeclarations(policy));
}

/** Another till of the account changes what its members hold. What was shown to be false stays so. */
function renumber(settings: Settings, { tillCount }: TillConfig): void {
  undeclareNumbers(settings);
  if (tillCount > 1 && readClosed(settings.get(CLOSED_KEY))?.over !== 'withdrawn')
    settings.remove(CLOSED_KEY);
}

const isSameNumber = (one: TillConfig, other: TillConfig): boolean =>
  one.tillNumber === other.tillNumber && one.tillCount === other.tillCount;

/**
 * Writes what a live till must know before it is opened. Another account starts with an empty directory:
 * the same number is somebody else there; and with a host of which nothing is known. `other-account` while
 * entries of the account before are open, `check-up-open` while a test credit is not taken back there.
 * Without the journal key it shows as altered.
 */
export function configureLive(folder: string, config: TillConfig, journalKey?: Buffer): AppError | null {
  const problem = accountProblem(folder, config);
  if (problem !== null) return problem;
  const opened = openDatabase(databaseFile(liveFolder(folder)), journalViews);
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
      if (before !== null && !isSameNumber(before, config)) renumber(settings, config);
      saveConfig(settings, config);
    })();
    return null;
  } finally {
    opened.value.close();
  }
}
