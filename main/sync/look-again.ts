import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { loadEvidencePolicy, loadHostProfile } from '../host/evidence-policy.ts';
import { readMemberOf } from '../members/member-reader.ts';
import { readError } from '../members/read-error.ts';
import type { HostLogRow } from '../outbox/member-host.ts';
import type { Increment } from '../outbox/types.ts';
import { decide, type Verdict } from './decide.ts';
import type { DetectiveParts } from './detective-parts.ts';
import { explain, type Gathered, investigationOf, noneGathered } from './gathered.ts';

/** The log's rows, each with whether an increment of ours explains it. */
export const explained = (parts: DetectiveParts, increment: Increment, rows: readonly HostLogRow[]) =>
  explain(parts, increment, rows, loadHostProfile(parts.settings).log?.carriesOurTime === true);

/** One reading is enough here: the person decides, the reading only warns. */
export async function lookAgain(parts: DetectiveParts, increment: Increment): Promise<Result<Verdict>> {
  const { reader, settings, clock, evidence } = parts;
  if (!parts.outbox.isOfThisAccount(increment)) return err(appError('other-account'));
  const end = evidence.journalEnd();
  const reading = await readMemberOf(reader, increment, 'probe');
  if (!reading.ok) return err(readError(reading.error));
  // Whether it holds what was on its way meanwhile, nobody knows (protocol rule 6).
  if (!reading.overlapsNoSend) return err(appError('entry-changed'));
  const { balance, point } = reading.value;
  const known: Gathered = {
    ...noneGathered,
    readings: [{ balance, point, atMonotonicMs: clock.monotonicMs() }],
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
  return ok(verdict);
}
