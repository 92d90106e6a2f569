import type { AppError } from '../../../preload/contract/index.ts';
import { appError } from '../../../preload/contract/index.ts';
import { afterDataCheck, type Link, withPause } from '../../hosts/link/index.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import { every } from '../../kernel/every.ts';
import type { Clock, Logger } from '../../kernel/ports.ts';
import type { Changed } from '../../kernel/room.ts';
import type { Integrity } from './integrity.ts';
import { isCutShort } from './integrity-repository.ts';

/** Checks all pages after each start, before anything is sent, and the journal once a week and after an unclean end (ADR 38). */
export interface IntegrityWatchService {
  start(): void;
  stop(): void;
  /** The last result; null where all is intact. */
  damage(): AppError | null;
}

export interface IntegrityWatchParts {
  readonly file: string;
  readonly journalKey: Buffer | null;
  readonly integrity: Pick<Integrity, 'check' | 'checkPages'>;
  readonly settings: Settings;
  readonly link: Pick<Link, 'update'>;
  /** Damaged or unreadable pages: the till must be closed. `problem` returns null once it is. */
  readonly onDamaged?: (problem: () => AppError | null) => void;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly changed: Changed<'damage'>;
}

const WEEK_MS = 7 * 24 * 3_600_000;
const CHECK_EVERY_MS = 3_600_000;
/** A till that was just opened has more urgent work. */
const FIRST_AFTER_MS = 180_000;

/** For a locked database. */
const PAGES_AGAIN_MS = 10_000;

const CHECKED = 'integrity.checkedAtMs';
/** Set while a till is open: found at a start, the last end was unclean. */
const OPEN = 'integrity.open';
/** Set from finding damaged pages until they are intact. */
const DAMAGED = 'integrity.damaged';

/** Then the database is checked before it is used. */
export const isSuspect = (settings: Pick<Settings, 'get'>, file: string): boolean =>
  settings.get(DAMAGED) !== null || isCutShort(file);

export function createIntegrityWatchService(parts: IntegrityWatchParts): IntegrityWatchService {
  const { file, journalKey, integrity, settings, link, clock, logger, changed } = parts;
  let found: AppError | null = null;
  let isWanted = false;
  let isLooking = false;
  let stopped = true;
  let ends: readonly (() => void)[] = [];
  let cancelPages = (): void => undefined;

  const inspectPages = async (): Promise<void> => {
    const problem = await integrity.checkPages(file);
    if (stopped) return;
    if (problem?.code === 'database-locked') throw new Error(problem.code);
    if (problem === null) {
      if (settings.get(DAMAGED) !== null) note(() => settings.remove(DAMAGED));
      logger.info('integrity.pages-whole');
      link.update(afterDataCheck);
      return;
    }
    logger.error('integrity.damaged', { code: problem.code, what: problem.details?.['sqlite'] ?? '' });
    note(() => settings.set(DAMAGED, '1'));
    parts.onDamaged?.(() => (stopped ? null : problem));
  };

  const tryPages = () => {
    inspectPages().catch((thrown: unknown) => {
      logger.error('integrity.failed', { error: String(thrown) });
      if (!stopped) cancelPages = clock.schedule(PAGES_AGAIN_MS, tryPages);
    });
  };

  const isDue = () => {
    const checkedAtMs = Number(settings.get(CHECKED) ?? 0);
    return isWanted || Math.abs(clock.nowMs() - checkedAtMs) >= WEEK_MS;
  };

  const look = async () => {
    if (stopped || isLooking || !isDue()) return;
    isLooking = true;
    const checked = await integrity.check(file, journalKey).finally(() => {
      isLooking = false;
    });
    if (stopped) return;
    isWanted = false;
    const what = checked.ok
      ? checked.value.chain === 'broken'
        ? `journal: row ${checked.value.brokenAt}`
        : null
      : (checked.error.details?.['sqlite'] ?? checked.error.code);
    if (what === null) logger.info('integrity.whole');
    else logger.error('integrity.damaged', { what });
    found = what === null ? null : appError('data-damaged', { what });
    settings.set(CHECKED, String(clock.nowMs()));
    changed('damage');
  };

  /** A full disk must not keep a till from opening or closing. */
  const note = (write: () => void) => {
    try {
      write();
    } catch (thrown) {
      logger.warn('integrity.not-noted', { error: String(thrown) });
    }
  };

  const tryToCheck = () => {
    look().catch((thrown: unknown) => logger.error('integrity.failed', { error: String(thrown) }));
  };

  return {
    start: () => {
      stopped = false;
      isWanted = settings.get(OPEN) !== null;
      note(() => settings.set(OPEN, '1'));
      link.update((now, { nowMs }) => withPause(now, 'data-check', '', nowMs));
      tryPages();
      ends = [clock.schedule(FIRST_AFTER_MS, tryToCheck), every(clock, CHECK_EVERY_MS, tryToCheck)];
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      cancelPages();
      for (const end of ends) end();
      // The next start finds the same again.
      if (!isWanted && found === null) note(() => settings.remove(OPEN));
    },
    damage: () => found,
  };
}
