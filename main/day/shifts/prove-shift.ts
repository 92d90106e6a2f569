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
  const first = number === null ? service.wholeReport(who) : service.report(number);
  if (!first.ok) return first;
  // As the report has it, also of a till that was given another name since.
  const { fromSequence } = first.value;
  const stretch = { ...service.drawerOf(first.value), from: fromSequence };
  const proven = new Set<string>();
  let [report, from] = [first.value, fromSequence];
  for (;;) {
    while (from <= report.toSequence) {
      // Each is vouched for, which puts right what only the tables had wrong.
      const step = { ...stretch, from, to: Math.min(report.toSequence, from + STEP - 1) };
      from = step.to + 1;
      for (const { id } of figures.proofEntries(step)) if (problem(id) === null) proven.add(id);
      await untilOthersRan();
      if (!parts.isOpen()) return err(appError('not-set-up'));
    }
    // Entries settle and come meanwhile, and somebody may have begun to count: it is told as it stands at one moment.
    const now = number === null ? service.stands() : first;
    if (!now.ok) return now;
    const { number: of, toSequence, tenders } = now.value;
    if (toSequence >= from) {
      report = now.value;
      continue;
    }
    const entries = figures.proofEntries({ ...stretch, to: toSequence });
    const examined = entries.map((entry): Examined => ({ entry, isProven: proven.has(entry.id) }));
    return ok(shiftProof({ number: of, nowMs: clock.nowMs(), report: { tenders }, examined }));
  }
}
