import { type Amount, addAmounts } from '../../preload/contract/index.ts';
import type { Settings } from '../database/settings-repository.ts';
import { loadHostProfile } from '../host/evidence-policy.ts';
import { type Budget, mayCall } from '../link/call-budget.ts';
import type { CallMeter } from '../link/call-meter-repository.ts';
import type { Link } from '../link/link.ts';
import { withPause } from '../link/link-state.ts';
import { type MemberReader, type MemberReading, readMemberOf } from '../members/member-reader.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock, Logger } from '../ports.ts';
import { addSums } from './decide.ts';
import type { DoubtRepository } from './doubts.ts';
import type { EvidenceRepository } from './evidence-repository.ts';
import type { Sums } from './undecided.ts';
import { whoseSecond } from './whose-second.ts';

export interface SecondCheckParts {
  readonly reader: MemberReader;
  readonly evidence: EvidenceRepository;
  readonly doubts: DoubtRepository;
  readonly settings: Settings;
  readonly meter: CallMeter;
  readonly budget: Budget;
  readonly link: Pick<Link, 'update'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** After KYBIO's word that it had the same bytes before: looks whether it was these that it had (ADR 28). */
export type SecondCheck = (confirmed: Increment) => Promise<void>;

export function createSecondCheck(parts: SecondCheckParts): SecondCheck {
  const { evidence, doubts, meter, budget, link, clock, logger } = parts;
  return async (confirmed) => {
    // What is undecided beside it is in the sums or not: they tell nothing then.
    if (!mayCall('probe', meter.usedToday(), budget) || evidence.othersUndecided(confirmed)) return;
    const reading = await readPatiently(parts, confirmed);
    if (!reading.ok || !reading.overlapsNoSend) return;
    const { balance, point } = reading.value;
    const increments: Sums = { balance: confirmed.balanceIncrement, point: confirmed.pointIncrement };
    const first = evidence.attempts(confirmed.id).find(({ phase }) => phase !== 'connecting');
    const seen = { increments, before: first?.baseline ?? null, reading: { balance, point } };
    const bySums = whoseSecond({ ...seen, ofOurSecond: null });
    if (bySums === 'ours') return;
    const whose = whoseSecond({ ...seen, ofOurSecond: await rowsOfOurSecond(parts, confirmed) });
    if (whose === 'ours') return;
    logger.warn('entry.second-of-another', { sequence: confirmed.sequence, whose });
    const expected = addSums(seen.before ?? seen.reading, increments);
    const content = { believed: expected, before: seen.reading };
    doubts.open({ entryId: confirmed.id, kind: 'possible-missing' }, confirmed.id, clock.nowMs(), content);
    if (whose !== 'another-till') return;
    const words = `${confirmed.customerNumber} ${confirmed.dataChangeTime}`.trim();
    link.update((state, at) => withPause(state, 'till-number', words, at.nowMs));
  };
}

/** The next entry of the member waits meanwhile, or its sums would say nothing of this one. */
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

/** Amounts of the member's rows under the entry's second; null where the log does not tell. */
async function rowsOfOurSecond(
  { reader, settings }: SecondCheckParts,
  { customerUid, dataChangeTime }: Increment,
): Promise<readonly Amount[] | null> {
  if (loadHostProfile(settings).log?.carriesOurTime === false) return null;
  const log = await reader.log(customerUid, 'probe');
  if (!log.ok) return null;
  const ofOurSecond = log.value.filter(({ datetime }) => datetime === dataChangeTime);
  return ofOurSecond.map(({ rechargeMoney, giftMoney }) => addAmounts(rechargeMoney, giftMoney));
}
