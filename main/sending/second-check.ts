import type { CallBudget } from '../hosts/calls/index.ts';
import { loadEvidencePolicy, loadHostProfile } from '../hosts/index.ts';
import { type Link, withPause } from '../hosts/link/index.ts';
import type { Settings } from '../kernel/database/settings-repository.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { Increment } from '../ledger/index.ts';
import { type MemberReader, type MemberReading, readMemberOf } from '../members/index.ts';
import type { SumsSeen } from './doubt-content.ts';
import type { DoubtRepository } from './doubts.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import { mayHaveArrived } from './may-have-arrived.ts';
import type { OddSumsRepository } from './odd-sums.ts';
import { isFingerprinting, provenDelayMs } from './unchanged-balance.ts';
import { sumsOfEntry } from './undecided.ts';
import { type RowSums, whoseSecond } from './whose-second.ts';

interface SecondCheckParts {
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly doubts: DoubtRepository;
  readonly oddSums: Pick<OddSumsRepository, 'note'>;
  readonly settings: Settings;
  readonly callBudget: Pick<CallBudget, 'may'>;
  readonly link: Pick<Link, 'update'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** After a duplicate answer to a resend: checks whether KYBIO's increment is ours (ADR 28). */
export type SecondCheck = (confirmed: Increment) => Promise<void>;

export function createSecondCheck(parts: SecondCheckParts): SecondCheck {
  const { evidence, doubts, oddSums, callBudget, link, clock, logger } = parts;
  return async (confirmed) => {
    // Another undecided entry may be in the sums: they prove nothing.
    if (!callBudget.may('probe') || evidence.othersUndecided(confirmed)) return;
    const reading = await readPatiently(parts, confirmed);
    if (!reading.ok || !reading.overlapsNoSend) return;
    const { balance, point } = reading.value;
    const increments = sumsOfEntry(confirmed);
    const first = evidence.attempts(confirmed.id).find(mayHaveArrived);
    const seen = { increments, before: first?.baseline ?? null, reading: { balance, point } };
    if (whoseSecond({ ...seen, ofOurSecond: null }) === 'ours') return;
    const ofOurSecond = await rowsOfOurSecond(parts, confirmed);
    const whose = whoseSecond({ ...seen, ofOurSecond });
    if (whose === 'ours') return;
    // A missing row counts only if queried twice.
    const isMissing =
      whose === 'unclear' && ofOurSecond?.length === 0 && (await isProvenSilent(parts, confirmed));
    logger.warn('entry.second-of-another', { sequence: confirmed.sequence, whose, missing: isMissing });
    const content: SumsSeen = { known: seen.before ?? { balance: null, point: null }, read: seen.reading };
    if (whose === 'another-till' || isMissing)
      doubts.open({ entryId: confirmed.id, kind: 'possible-missing' }, confirmed.id, clock.nowMs(), content);
    else oddSums.note({ entry: confirmed, seenBy: confirmed, kind: 'second-unclear', ...content });
    if (whose !== 'another-till') return;
    link.update((state, at) => withPause(state, 'till-number', confirmed.dataChangeTime, at.nowMs));
  };
}

/** The member's next entry waits meanwhile. */
const LONGEST_WAIT_MS = 300_000;

/**
 * Whether a log proven to list such credits with our time lacks it after twice the proven delay, as `decide` demands.
 * Read once before.
 */
async function isProvenSilent(parts: SecondCheckParts, confirmed: Increment): Promise<boolean> {
  const { settings, clock } = parts;
  const { log } = loadHostProfile(settings);
  if (log === null || !isFingerprinting({ log }, loadEvidencePolicy(settings))) return false;
  const delayMs = provenDelayMs(confirmed, log);
  if (delayMs === null || 2 * delayMs > LONGEST_WAIT_MS) return false;
  await new Promise<void>((resolve) => void clock.schedule(Math.max(1_000, 2 * delayMs), resolve));
  const again = await rowsOfOurSecond(parts, confirmed);
  return again !== null && again.length === 0;
}

/** The member's next entry waits, or its sums would include that. */
const TRIES = 4;
const TRY_AGAIN_MS = 15_000;

async function readPatiently({ reader, clock }: SecondCheckParts, of: Increment): Promise<MemberReading> {
  let reading = await readMemberOf(reader, of, 'probe');
  for (let tried = 1; tried < TRIES && !reading.ok && !reading.isAnswered; tried += 1) {
    await new Promise<void>((resolve) => void clock.schedule(TRY_AGAIN_MS, resolve));
    reading = await readMemberOf(reader, of, 'probe');
  }
  return reading;
}

/** The member's rows with the entry's second; null if the log does not tell. */
async function rowsOfOurSecond(
  { reader, settings }: SecondCheckParts,
  { customerUid, dataChangeTime }: Increment,
): Promise<readonly RowSums[] | null> {
  if (loadHostProfile(settings).log?.carriesOurTime === false) return null;
  const log = await reader.log(customerUid, 'probe');
  if (!log.ok) return null;
  return log.value.filter(({ datetime }) => datetime === dataChangeTime);
}
