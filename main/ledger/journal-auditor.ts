import { databaseFailure } from '../kernel/database/failure.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import { auditJournal, type JournalAudit, type JournalAuditParts } from './journal-audit.ts';

export interface JournalAuditor {
  start(): void;
  stop(): void;
  /** Null until the whole journal was looked at. */
  result(): JournalAudit | null;
}

/** The counter opens first. */
const BEGIN_AFTER_MS = 5_000;
const BETWEEN_SLICES_MS = 50;

/** A database that fails may be well again by then; the whole is looked at from its beginning. */
const AGAIN_AFTER_MS = 600_000;

/** Some ten milliseconds of work at most (ADR 5): nobody waits for it at the counter. */
const SLICE = 50;

/** Looks at what the start-up has not: the rest of the journal, in slices while nobody waits. */
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
