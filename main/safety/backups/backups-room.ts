import { type AppError, appError, err, ok } from '../../../preload/contract/index.ts';
import { actorText } from '../../kernel/actor.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Clock, FolderPicker } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import { isWeakPassphrase } from '../../kernel/sealing/lock.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { keepRestored, loadRestored } from '../restored.ts';
import type { BackupService, BackupState } from './backup-service.ts';
import { ACKNOWLEDGED } from './lost-entries.ts';
import type { PlaceState } from './take-backup.ts';

export interface BackupsRoomParts {
  readonly backups: BackupService;
  readonly picker: FolderPicker;
  /** Why the second place does not have the open entries. */
  readonly openEntriesProblem: () => AppError | null;
  readonly settings: Settings;
  readonly journal: Pick<JournalRepository, 'append'> | null;
  readonly clock: Clock;
}

export function createBackupsRoom(parts: BackupsRoomParts): Room {
  const { backups, picker, settings, journal, clock } = parts;
  return {
    name: 'backups',
    handlers: {
      'backups:get': async () => {
        const { here, second } = await backups.look();
        return ok({ here, second, openEntriesProblem: parts.openEntriesProblem() });
      },
    },
    managersHandlers: {
      'backups:now': async () => {
        const made = await backups.backupNow('asked');
        if (!made.ok) return made;
        // The page shows both places next.
        await backups.copied();
        return ok({});
      },
      'backups:choosePlace': async ({ passphrase }, who) => {
        if (isWeakPassphrase(passphrase)) return err(appError('passphrase-weak'));
        const folder = await picker.pick();
        if (folder === null) return ok({ chosen: false });
        const chosen = await backups.choosePlace({ folder, passphrase }, who);
        if (!chosen.ok) return chosen;
        // At once, so that the person sees whether the place works.
        const made = await backups.backupNow('asked');
        await backups.copied();
        const problem = made.ok ? backups.state().second?.problem : made.error;
        return problem ? err(problem) : ok({ chosen: true });
      },
      'backups:forgetPlace': (_, who) => backups.choosePlace(null, who),
      'backups:acknowledgeRestore': (_, who) => {
        if (journal === null) return err(appError('key-lost'));
        journal.append({
          event: 'noted',
          actor: actorText(who),
          reason: ACKNOWLEDGED,
          content: {},
        });
        keepRestored(settings, null);
        return ok({});
      },
    },
    start: backups.start,
    stop: backups.stop,
    shows: {
      disk: () => backups.state().disk,
      backupPercent: backups.percent,
      backupProblem: () => reportableProblem(backups.state(), clock.nowMs()),
      restored: () => loadRestored(settings),
    },
  };
}

const DAY_MS = 86_400_000;

/** A stick may be taken home over a weekend, but not be missing for a week. */
const SECOND_AFTER_MS = 7 * DAY_MS;

const isOld = ({ newestAtMs }: PlaceState, ageMs: number, nowMs: number): boolean =>
  newestAtMs === null || Math.abs(nowMs - newestAtMs) >= ageMs;

/** Shown unasked: backups have failed for so long that somebody must act. */
export function reportableProblem({ here, second }: BackupState, nowMs: number): AppError | null {
  if (here.problem !== null && isOld(here, DAY_MS, nowMs)) return here.problem;
  if (second !== null && second.problem !== null && isOld(second, SECOND_AFTER_MS, nowMs))
    return second.problem;
  return null;
}
