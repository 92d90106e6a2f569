import { cautiousPolicy } from '../../../main/hosts/host/evidence-policy.ts';
import type { HostProfile } from '../../../main/hosts/host/host-profile.ts';
import { unknownHost } from '../../../main/hosts/host/host-profile.ts';
import type { SendCandidate } from '../../../main/ledger/types.ts';
import type { Sums, UndecidedEntry } from '../../../main/sending/undecided.ts';
import { amount, zeroAmount } from '../../../preload/contract/index.ts';
import { PROVEN_MS } from './counting-alone.ts';
import type { Visit } from './demand.ts';
import type { WaitedEntry } from './policy.ts';
import type { Records } from './records.ts';

/** An entry that waits. */
export interface Waiting extends SendCandidate, WaitedEntry {
  readonly entry: number;
  readonly member: number;
  readonly cents: number;
}

export const waitingOf = ({ entry, member, cents }: Visit, nowMs: number): Waiting => ({
  ...{ entry, member, cents, id: String(entry), customerUid: String(member), sequence: entry, version: 1 },
  ...{ createdAtMs: nowMs, notBeforeMs: 0, touched: false },
  ...{ overStart: false, lookedAtMs: undefined },
});

/** Whole cents stand for the unit: nothing here hangs on the scale. */
export const sumsOf = (cents: number): Sums => ({ balance: amount(String(cents)), point: zeroAmount });

/** What the till would reason from; null where it knows nothing. */
export const baselineIn = (records: Records, member: number): Sums | null =>
  records.baselineAtMs[member] === 0 ? null : sumsOf(records.baselineCents[member] ?? 0);

export const undecidedOf = ({ cents, entry }: Waiting): Omit<UndecidedEntry, 'baseline'> => ({
  ...{ kind: 'top-up', balanceIncrement: amount(String(cents)), pointIncrement: zeroAmount },
  dataChangeTime: String(entry),
});

/** What the check-up has found, or nothing: then the worst is taken for true. */
export const profileOf = (isProven: boolean): HostProfile =>
  isProven ? { ...unknownHost, duplicates: { greatestAgeMs: 2 * PROVEN_MS } } : unknownHost;

/** Other programs credit too, and members spend: no till is a single writer. Every till has its number. */
export const evidencePolicy = { ...cautiousPolicy, tillNumbersDeclared: true };
