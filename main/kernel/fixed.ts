import { type AppError, appError, type SetAbove, whoSets } from '../../preload/contract/index.ts';

/** Why a manager may not change all of these; null where they may. */
export function fixedAmong(names: readonly string[], above: SetAbove): AppError | null {
  const setting = names.find((name) => whoSets(name, above) !== 'manager');
  return setting === undefined
    ? null
    : appError('setting-fixed', { reason: whoSets(setting, above), setting });
}
