import {
  amount,
  multiplyAmount,
  type Policy,
  policySchema,
  standardTenders,
} from '../../preload/contract/index.ts';
import { DEFAULT_CALLS_A_DAY } from '../hosts/calls/index.ts';
import { cautiousPolicy, readByField, storedPolicy } from '../hosts/index.ts';
import { defaultLimits } from './limits.ts';
import { shareOf } from './rules/share.ts';

/** Largest top-ups that may wait: enough for a busy evening, and a bounded risk. */
const TILL_CAPS = 20;

/** Divides the largest top-up: five, where that is two thousand, is a usual variance of a busy shift. */
const VARIANCE_PART = amount('400');

/**
 * Defaults until a manager changes them: a member may have one largest top-up waiting, a till twenty; a day offline
 * at most; a repetition within five minutes asks first.
 */
export function defaultPolicy(currency: string): Policy {
  const { balanceCap, pointCap, quickAmounts } = defaultLimits(currency);
  return {
    ...cautiousPolicy,
    balanceCap,
    pointCap,
    memberWaitingCap: balanceCap,
    tillWaitingCap: multiplyAmount(balanceCap, TILL_CAPS),
    offlineWindowMs: 86_400_000,
    repeatWithinMs: 300_000,
    callsPerDay: DEFAULT_CALLS_A_DAY,
    memberFreshMs: 180_000,
    memberKeptMs: 400 * 86_400_000,
    managerUnlockedMs: 300_000,
    peopleLockAfterMs: 300_000,
    scanMeanGapMs: 35,
    scanPrefix: '',
    scanSuffix: '',
    scanEnd: 'either',
    keypad: false,
    quickAmounts: [...quickAmounts],
    tenders: [...standardTenders],
    accounts: {},
    screenLanguage: 'as-set-up',
    updateFromMinute: 120,
    updateToMinute: 300,
    updateKilobytesPerSecond: 256,
    updateOnPress: false,
    businessDayEndsAtMinute: 0,
    varianceLimit: shareOf(balanceCap, amount('1'), VARIANCE_PART, 0).value,
    floatCap: balanceCap,
  };
}

/** Parses the stored policy; missing and invalid fields get their defaults. */
export const readPolicy = (text: string | null, defaults: Policy): Policy =>
  readByField(policySchema, storedPolicy(text), defaults);

/** The changed fields, before and after, for the journal. */
export function policyChanges(
  before: Policy,
  after: Policy,
): Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>> {
  const names = Object.keys(policySchema.shape) as (keyof Policy)[];
  const text = (value: unknown) => JSON.stringify(value);
  const changed = names.filter((name) => text(before[name]) !== text(after[name]));
  return Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }]));
}
