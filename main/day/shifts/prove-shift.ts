import { setImmediate as untilOthersRan } from 'node:timers/promises';
import { appError, err, ok, type Result, type ShiftProof } from '../../../preload/contract/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { FiguresRepository } from './figures-repository.ts';
import { type Examined, shiftProof } from './proof.ts';
import type { ShiftService } from './shift-service.ts';

export interface ProvingParts {
  readonly service: Pick<ShiftService, 'report' | 'wholeReport' | 'stands' | 'drawerOf'>;
  readonly figures: FiguresRepository;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Null where the entry is verified against the journal. */
  readonly problem: (entryId: string) => string | null;
  readonly isOpen: () => boolean;
}

/** A few milliseconds a step. */
const STEP = 50;

/** Verifies every entry of a shift against the journal, yielding between steps. */
export async function proveShift(
  parts: ProvingParts,
  number: number | null,
  who: Actor,
): Promise<Result<ShiftProof>> {
  const { service, figures, clock, problem } = parts;
  const first = number === null ? service.wholeReport(who) : service.report(number);
  if (!first.ok) return first;
  // From the report: the till may have been renamed since.
  const { fromSequence } = first.value;
  const range = { ...service.drawerOf(first.value), from: fromSequence };
  const proven = new Set<string>();
  let [report, from] = [first.value, fromSequence];
  for (;;) {
    while (from <= report.toSequence) {
      // Verifying an entry also repairs its tables.
      const step = { ...range, from, to: Math.min(report.toSequence, from + STEP - 1) };
      from = step.to + 1;
      for (const { id } of figures.proofEntries(step)) if (problem(id) === null) proven.add(id);
      await untilOthersRan();
      if (!parts.isOpen()) return err(appError('not-set-up'));
    }
    // Entries settle and arrive meanwhile, and a count may have begun: the result is of one moment.
    const now = number === null ? service.stands() : first;
    if (!now.ok) return now;
    const { number: of, toSequence, tenders } = now.value;
    if (toSequence >= from) {
      report = now.value;
      continue;
    }
    const entries = figures.proofEntries({ ...range, to: toSequence });
    const examined = entries.map((entry): Examined => ({ entry, isProven: proven.has(entry.id) }));
    return ok(shiftProof({ number: of, nowMs: clock.nowMs(), report: { tenders }, examined }));
  }
}
