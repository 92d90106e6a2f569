import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { countOpenEntries, type OpenState, openStates } from '../kernel/database/account-change.ts';
import { databaseFailure } from '../kernel/database/failure.ts';
import { openDatabaseReadOnly } from '../kernel/database/open.ts';
import { isThere } from '../kernel/held-file.ts';

/** Open entries by state. */
export type Unsent = { readonly unsent: number } & Readonly<Record<OpenState, number>>;

/** Exit codes of `--unsent`, for uninstallers. */
export const unsentExit = { nothing: 0, unreadable: 1, something: 3 } as const;

/**
 * `--unsent`: counts open entries by their column alone, which works for any version's tables. Zero without a till; an
 * error where a till's data is missing.
 */
export function unsentCommand(file: string, isDataMissing: boolean): Result<Unsent> {
  if (isDataMissing) return err(appError('data-missing'));
  if (!isThere(file)) return ok(unsentOf([]));
  const opened = openDatabaseReadOnly(file);
  if (!opened.ok) return opened;
  try {
    return ok(unsentOf(countOpenEntries(opened.value)));
  } catch (thrown) {
    const failure: AppError | null = databaseFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  } finally {
    opened.value.close();
  }
}

function unsentOf(counted: ReturnType<typeof countOpenEntries>): Unsent {
  const none = Object.fromEntries(openStates.map((state) => [state, 0])) as Record<OpenState, number>;
  const states = { ...none, ...Object.fromEntries(counted.map(({ state, entries }) => [state, entries])) };
  return { unsent: openStates.reduce((sum, state) => sum + states[state], 0), ...states };
}
