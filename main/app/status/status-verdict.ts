import {
  reasonsForSomebody,
  type StatusFacts,
  type StatusReason,
  type StatusReport,
} from '../../../preload/contract/index.ts';
import { CLOCK_SKEW_LIMIT_MS } from '../../hosts/link/index.ts';

const DAY_MS = 86_400_000;
/** Longer than a till takes to find out about a lost reply by itself. */
const UNSENT_LONG_MS = 1_800_000;
/** A stick may be taken home over a weekend, but not be missing for a week. */
const SECOND_OLD_MS = 7 * DAY_MS;

/** Rows lie so long without a backup; a till that is closed writes none, and needs none. */
const isBehind = (newestAtMs: number | null, rowAtMs: number | null, ageMs: number): boolean =>
  rowAtMs !== null && (newestAtMs === null || rowAtMs - newestAtMs >= ageMs);

/** What is asked of the facts, so that those of another version's till serve as well. */
export type JudgedFacts = Omit<StatusFacts, 'till' | 'pauses' | 'policyFile'> & {
  readonly till: object | null;
  readonly pauses: readonly { readonly needsManager: boolean }[];
  readonly policyFile: { readonly problem: object | null };
};

function has(facts: JudgedFacts, nowMs: number): Readonly<Record<StatusReason, boolean>> {
  const { entries, pauses, secondPlace, lastRowAtMs } = facts;
  const { oldestUnsentAtMs } = entries;
  return {
    'needs-review': entries.needsReview > 0,
    'refused-unseen': entries.refusedUnseen > 0,
    'unsent-long': oldestUnsentAtMs !== null && Math.abs(nowMs - oldestUnsentAtMs) >= UNSENT_LONG_MS,
    'paused-for-manager': pauses.some(({ needsManager }) => needsManager),
    'copy-met': facts.isCopyMet,
    'not-set-up': facts.till === null,
    paused: pauses.some(({ needsManager }) => !needsManager),
    'number-twice': facts.isNumberTwice,
    'backups-old': isBehind(facts.backups.newestAtMs, lastRowAtMs, DAY_MS),
    'second-place':
      secondPlace !== null &&
      (secondPlace.problem !== null || isBehind(secondPlace.newestAtMs, lastRowAtMs, SECOND_OLD_MS)),
    'disk-low': facts.disk.state !== 'enough',
    'calls-used-up': facts.till !== null && facts.calls.left === 0,
    'clock-off': Math.abs(facts.clockSkewMs) >= CLOCK_SKEW_LIMIT_MS,
    'policy-not-used': facts.policyFile.problem !== null,
  };
}

const forSomebody: ReadonlySet<string> = new Set(reasonsForSomebody);

/** Pure: what a monitor is told of these facts. */
export function verdict(
  facts: JudgedFacts,
  nowMs: number,
): Pick<Exclude<StatusReport, { result: 'unreadable' }>, 'result' | 'reasons'> {
  const found = Object.entries(has(facts, nowMs)) as [StatusReason, boolean][];
  const reasons = found.filter(([, holds]) => holds).map(([reason]) => reason);
  if (reasons.length === 0) return { result: 'well', reasons };
  return { result: reasons.some((reason) => forSomebody.has(reason)) ? 'somebody' : 'look', reasons };
}
