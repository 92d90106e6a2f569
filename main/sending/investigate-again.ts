import { z } from 'zod';
import { amountSchema, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment, OutboxRepository, TransitionsRepository } from '../ledger/index.ts';
import { type DirectoryRepository, type MemberReader, readByUid } from '../members/index.ts';
import { decide, type Verdict } from './decide.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import { explain, type Gathered, investigationOf, noneGathered } from './gathered.ts';
import type { Sums } from './undecided.ts';

export interface DetectiveParts {
  readonly outbox: OutboxRepository;
  readonly transitions: TransitionsRepository;
  readonly directory: DirectoryRepository;
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storeTimeZone: string;
}

/** The log's rows, matched to our increments. */
export const explained = (parts: DetectiveParts, increment: Increment, rows: readonly HostLogRow[]) =>
  explain(parts, increment, rows, loadHostProfile(parts.settings).log?.carriesOurTime === true);

const earlierSchema = z.object({
  readings: z.array(z.object({ balance: amountSchema, point: amountSchema, atMonotonicMs: z.number() })),
});

/** The oldest suffice to show since when nothing changed. */
const MOST_EARLIER = 3;

/** Adds earlier readings: one alone never proves an unchanged balance. */
function afterEarlier(content: unknown, last: Gathered['readings'][number]): Gathered['readings'] {
  const parsed = earlierSchema.safeParse(content);
  const earlier = parsed.success ? parsed.data.readings.slice(0, MOST_EARLIER) : [];
  // The monotonic clock restarts with the process: more time has passed since an earlier process's reading, never less.
  const latestMs = Math.max(last.atMonotonicMs, ...earlier.map(({ atMonotonicMs }) => atMonotonicMs));
  return [...earlier, { ...last, atMonotonicMs: latestMs }];
}

/** What the manager is shown before deciding. */
export interface NewInvestigation {
  readonly verdict: Verdict;
  readonly sums: Sums;
}

/** One new reading suffices: the manager decides. */
export async function investigateAgain(
  parts: DetectiveParts,
  increment: Increment,
): Promise<Result<NewInvestigation>> {
  const { reader, settings, clock, evidence } = parts;
  const end = evidence.journalEnd();
  const reading = await readByUid(reader, increment, 'probe');
  if (!reading.ok) return reading;
  const sums = { balance: reading.value.balance, point: reading.value.point };
  const known: Gathered = {
    ...noneGathered,
    readings: afterEarlier(evidence.kept(increment.id)?.content, {
      ...sums,
      atMonotonicMs: clock.monotonicMs(),
    }),
  };
  const log = await reader.log(increment.customerUid, 'probe');
  if (log.ok) known.log = { rows: explained(parts, increment, log.value), timesAsked: 1, askedAfterMs: 0 };
  // Answered by another manager meanwhile, and perhaps sent.
  if (parts.outbox.byId(increment.id)?.version !== increment.version) return err(appError('entry-changed'));
  const of = investigationOf(parts, increment, known, 0);
  const verdict = decide(of.entry, of.evidence, loadHostProfile(settings), loadEvidencePolicy(settings));
  const content = { verdict, readings: known.readings, log: known.log };
  // Nothing of ours ended during the reading; during the log query something may have.
  evidence.keep(increment.id, clock.nowMs(), content, end);
  return ok({ verdict, sums });
}
