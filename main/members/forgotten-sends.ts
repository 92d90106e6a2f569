import { loadEvidencePolicy } from '../hosts/index.ts';
import { ATTEMPT_DEADLINE_MS } from '../hosts/port/index.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { DirectoryRepository } from './directory-repository.ts';

/**
 * Sends whose record this till lost (folder restored, journal cut): they may still arrive at KYBIO. Until they
 * cannot, no member has a baseline, since such an arrival would look like the movement of a later entry (ADR 15).
 */
export interface ForgottenSends {
  /** At a start behind the journal's checkpoint: holds across restarts, until the settling time has passed once. */
  begin(): void;
  mayArrive(): boolean;
  /** Time until none of it can arrive any more; 0 where nothing is lost. */
  quiescentInMs(): number;
  wokeUp(): void;
  start(): void;
  stop(): void;
}

interface Parts {
  readonly settings: Settings;
  readonly directory: Pick<DirectoryRepository, 'forgetBaselines'>;
  readonly runInTransaction: RunInTransaction;
  readonly clock: Clock;
  readonly logger: Logger;
}

const KEY = 'sends.forgotten';

/** A failed write is retried; until then no member has a baseline. */
const RETRY_MS = 30_000;

export function createForgottenSends(parts: Parts): ForgottenSends {
  const { settings, directory, runInTransaction, clock, logger } = parts;
  let quiescenceFromMs = clock.monotonicMs();
  let cancel = (): void => undefined;

  const mayArrive = () => settings.get(KEY) !== null;
  const quiescentInMs = () =>
    quiescenceFromMs + loadEvidencePolicy(settings).quiescenceMs - clock.monotonicMs();

  const forgetOfBefore = () =>
    runInTransaction(() => {
      directory.forgetBaselines();
      settings.remove(KEY);
    });
  const endOrWait = (): void => {
    if (!mayArrive()) return;
    // A call under way at the end of the settling time may still return older sums.
    let waitMs = quiescentInMs() + ATTEMPT_DEADLINE_MS;
    if (waitMs <= 0) {
      try {
        forgetOfBefore();
        logger.info('sends.forgotten-ended');
        return;
      } catch (thrown) {
        logger.warn('sends.forgotten-not-ended', { error: String(thrown) });
        waitMs = RETRY_MS;
      }
    }
    cancel();
    cancel = clock.schedule(waitMs, endOrWait);
  };

  return {
    begin: () =>
      runInTransaction(() => {
        settings.set(KEY, String(clock.nowMs()));
        directory.forgetBaselines();
      }),
    mayArrive,
    quiescentInMs: () => (mayArrive() ? Math.max(0, quiescentInMs()) : 0),
    wokeUp: () => {
      quiescenceFromMs = clock.monotonicMs();
    },
    start: endOrWait,
    stop: () => cancel(),
  };
}

/** The directory without baselines while lost sends may arrive. */
export const withoutBaselinesWhile = (
  forgottenSends: Pick<ForgottenSends, 'mayArrive'>,
  directory: DirectoryRepository,
): DirectoryRepository => ({
  ...directory,
  baseline: (customerUid) => (forgottenSends.mayArrive() ? null : directory.baseline(customerUid)),
});
