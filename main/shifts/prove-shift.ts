import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { appError, err, ok, type Result, type ShiftProof } from '../../preload/contract/index.ts';
import type { Actor } from '../journal/actor.ts';
import type { Clock } from '../ports.ts';
import type { FiguresRepository } from './figures-repository.ts';
import { type Examined, shiftProof } from './proof.ts';
import type { ShiftService } from './shift-service.ts';

export interface ProvingParts {
  readonly service: Pick<ShiftService, 'report' | 'wholeReport' | 'sinceMs'>;
  readonly figures: FiguresRepository;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Null when the journal vouches for the entry. */
  readonly problem: (entryId: string) => string | null;
  readonly isOpen: () => boolean;
}

/** Entries that are examined in one go: a few milliseconds, in which nobody else is heard. */
const STEP = 50;

/** Holds every entry of a shift against its rows in the journal; the till goes on between two steps. */
export async function proveShift(
  parts: ProvingParts,
  number: number | null,
  who: Actor,
): Promise<Result<ShiftProof>> {
  const { service, figures, clock, problem } = parts;
  const report = number === null ? service.wholeReport(who) : service.report(number);
  if (!report.ok) return report;
  const { number: of, till, fromSequence, toSequence, tenders } = report.value;
  // As the report has it, also of a till that was given another name since.
  const stretch = { to: toSequence, till, sinceMs: service.sinceMs(report.value) };
  const examined: Examined[] = [];
  for (let from = fromSequence; from <= toSequence; from += STEP) {
    if (from > fromSequence) await untilOthersRan();
    if (!parts.isOpen()) return err(appError('not-set-up'));
    // First each is vouched for, which puts right what only the tables had wrong; then they are read.
    const step = { ...stretch, from, to: Math.min(toSequence, from + STEP - 1) };
    const proven = new Set(
      figures
        .proofEntries(step, STEP)
        .filter(({ id }) => problem(id) === null)
        .map(({ id }) => id),
    );
    for (const entry of figures.proofEntries(step, STEP))
      examined.push({ entry, isProven: proven.has(entry.id) });
  }
  return ok(shiftProof({ number: of, nowMs: clock.nowMs(), report: { tenders }, examined }));
}
