import { join } from 'node:path';
import { type AppError, appError, err, tillLanguage } from '../../../preload/contract/index.ts';
import type { TillConfig } from '../../hosts/index.ts';
import { LOCK_FILE } from '../../kernel/database/process-lock.ts';
import { heldAmong } from '../../kernel/held-file.ts';
import { plainVersion } from '../../updates/index.ts';
import {
  markFile,
  type Settled,
  settleTrial,
  type TillLock,
  takeTillLock,
} from '../../updates/trial/index.ts';
import { isDataMissing } from '../data-missing.ts';
import { accountProblem, configureLive, isLiveConfigured, liveConfig } from '../live-account.ts';
import { openLiveSession, openPracticeSession } from '../open-session.ts';
import { createTill, type Till } from '../till.ts';
import type { World } from '../world.ts';
import type { UserNotes } from './user-notes.ts';

export type ComposedWorld = Omit<World, 'changed' | 'onDamaged'>;

/** Why no till may be set up for this account here; null where one may. */
export function accountConflict(
  { folder, headCopyFolder }: Pick<World, 'folder' | 'headCopyFolder'>,
  notes: UserNotes,
  config: TillConfig,
): AppError | null {
  if (isDataMissing(folder, headCopyFolder)) return appError('data-missing');
  const other = isLiveConfigured(folder) ? null : notes.problem();
  return other ?? accountProblem(folder, config);
}

export interface Entrance {
  readonly lock: TillLock;
  readonly settled: Settled;
}

/**
 * Before a data folder is opened: takes its lock and settles a cut-off update. Without the lock, which ends with the
 * process, nothing is opened.
 */
export async function enterFolder(
  { folder, headCopyFolder, logger }: Pick<World, 'folder' | 'headCopyFolder' | 'logger'>,
  appVersion: string,
): Promise<Entrance> {
  const held = await heldAmong([join(folder, LOCK_FILE), markFile(folder)]);
  const lock = takeTillLock(folder);
  if (held !== null) lock.block(held);
  if (lock.problem() !== null)
    return { lock, settled: { notice: null, problem: null, drawn: async () => undefined } };
  const settled = await settleTrial({ folder, headCopyFolder, logger, version: plainVersion(appVersion) });
  if (settled.problem !== null) lock.block(settled.problem);
  return { lock, settled };
}

export function composeTill(
  world: ComposedWorld,
  { notes, lock }: { readonly notes: UserNotes; readonly lock: TillLock },
  push: Parameters<typeof createTill>[0]['onChanges'],
): Till {
  const changed: Till['changed'] = (...topics) => till.changed(...topics);
  const onDamaged: World['onDamaged'] = (problem) => till.giveUp(problem);
  const { timeZone: storeTimeZone, locale } = Intl.DateTimeFormat().resolvedOptions();
  // A practice store is made in the shop's language, if that is known.
  let language = tillLanguage(locale);
  const isMissing = () => isDataMissing(world.folder, world.headCopyFolder);
  const till: Till = createTill({
    ...world,
    onChanges: push,
    open: {
      locked: lock.problem,
      live: async () => {
        const locked = lock.problem();
        if (locked !== null) return err(locked);
        if (isMissing()) return err(appError('data-missing'));
        const opened = await openLiveSession({ ...world, changed, onDamaged });
        if (opened.ok && opened.value !== null) language = opened.value.config.language;
        if (opened.ok) notes.note(opened.value?.config.tillName ?? null);
        return opened;
      },
      practice: async () => {
        const locked = lock.problem();
        return locked === null
          ? openPracticeSession({ ...world, changed }, storeTimeZone, language)
          : err(locked);
      },
      accountProblem: (config) => lock.problem() ?? accountConflict(world, notes, config),
      isLiveConfigured: () => isLiveConfigured(world.folder),
      liveConfig: () => liveConfig(world.folder),
      configureLive: (config, journalKey) =>
        lock.problem() ?? configureLive(world.folder, config, journalKey),
    },
  });
  return till;
}
