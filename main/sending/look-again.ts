import { z } from 'zod';
import { amountSchema, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import type { HostLogRow } from '../hosts/port/index.ts';
import type { Increment } from '../ledger/index.ts';
import { readByUid } from '../members/index.ts';
import { decide, type Verdict } from './decide.ts';
import type { DetectiveParts } from './detective-parts.ts';
import { explain, type Gathered, investigationOf, noneGathered } from './gathered.ts';
import type { Sums } from './undecided.ts';

/** The log's rows, each with whether an increment of ours explains it. */
export const explained = (parts: DetectiveParts, increment: Increment, rows: readonly HostLogRow[]) =>
  explain(parts, increment, rows, loadHostProfile(parts.settings).log?.carriesOurTime === true);

const earlierSchema = z.object({
  readings: z.array(z.object({ balance: amountSchema, point: amountSchema, atMonotonicMs: z.number() })),
  ofReply: z.literal(false).default(false),
});

/** As many of the oldest say how long it stood still. */
const MOST_EARLIER = 3;

/** The readings of before go on counting: one alone would never say that nothing moved. */
function afterEarlier(content: unknown, last: Gathered['readings'][number]): Gathered['readings'] {
  const parsed = earlierSchema.safeParse(content);
  const earlier = parsed.success ? parsed.data.readings.slice(0, MOST_EARLIER) : [];
  // Each start counts from nothing: since a reading of the process before more time has passed, never less.
  const latestMs = Math.max(last.atMonotonicMs, ...earlier.map(({ atMonotonicMs }) => atMonotonicMs));
  return [...earlier, { ...last, atMonotonicMs: latestMs }];
}

/** What a person is shown before they decide. */
export interface LookedAgain {
  readonly verdict: Verdict;
  readonly sums: Sums;
}

/** One new reading is enough here: the person decides. */
export async function lookAgain(parts: DetectiveParts, increment: Increment): Promise<Result<LookedAgain>> {
  const { reader, settings, clock, evidence } = parts;
  if (!parts.outbox.isOfThisAccount(increment)) return err(appError('other-account'));
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
  // Answered by another manager and sent meanwhile: what was read is from before that.
  if (parts.outbox.byId(increment.id)?.version !== increment.version) return err(appError('entry-changed'));
  const of = investigationOf(parts, increment, known, 0);
  const verdict = decide(
    of.entry,
    of.evidence,
    loadHostProfile(settings),
    loadEvidencePolicy(settings, clock),
  );
  const content = { verdict, readings: known.readings, log: known.log };
  // Nothing of ours ended while it was read; while its log was read something may have.
  evidence.keep(increment.id, clock.nowMs(), content, end);
  return ok({ verdict, sums });
}
