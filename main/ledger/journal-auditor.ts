import { databaseFailure } from '../kernel/database/failure.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { auditJournal, type JournalAudit, type JournalAuditParts } from './journal-audit.ts';

interface JournalAuditor {
  start(): void;
  stop(): void;
  /** Null until the first pass is complete. */
  result(): JournalAudit | null;
}

/** After the counter has opened. */
const BEGIN_AFTER_MS = 5_000;
const BETWEEN_SLICES_MS = 50;

/** After a database failure, from the beginning. */
const AGAIN_AFTER_MS = 600_000;

/** At most some ten milliseconds of work (ADR 5): the counter must not wait. */
const SLICE = 50;

/** Audits in idle slices what the start did not check. */
export function createJournalAuditor(
  parts: Omit<JournalAuditParts, 'slice' | 'trusted'> & {
    readonly trusted: () => JournalAuditParts['trusted'];
    readonly clock: Clock;
    readonly logger: Logger;
    readonly onFound: (audit: JournalAudit) => void;
  },
): JournalAuditor {
  const { clock, logger } = parts;
  let found: JournalAudit | null = null;
  let cancel = (): void => undefined;

  const begin = (afterMs: number) => {
    cancel = clock.schedule(afterMs, () =>
      step(auditJournal({ ...parts, trusted: parts.trusted(), slice: SLICE })),
    );
  };

  const step = (audit: Generator<void, JournalAudit>) => {
    try {
      const { done, value } = audit.next();
      if (done !== true) {
        cancel = clock.schedule(BETWEEN_SLICES_MS, () => step(audit));
        return;
      }
      found = value;
    } catch (thrown) {
      if (databaseFailure(thrown) === null) throw thrown;
      logger.error('journal.not-audited', { error: String(thrown) });
      begin(AGAIN_AFTER_MS);
      return;
    }
    const { rows, firstBroken, problems, recorded } = found;
    const values = {
      rows,
      firstBroken,
      problems: problems.length,
      first: problems[0] ?? '',
      tables: recorded.length,
    };
    if (firstBroken === null && problems.length === 0) logger.info('journal.audited', values);
    else logger.error('journal.audited', values);
    parts.onFound(found);
  };

  return {
    start: () => begin(BEGIN_AFTER_MS),
    stop: () => cancel(),
    result: () => found,
  };
}
