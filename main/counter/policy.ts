import {
  amount,
  multiplyAmount,
  type Policy,
  policySchema,
  standardTenders,
} from '../../preload/contract/index.ts';
import { defaultBudget } from '../hosts/calls/index.ts';
import { cautiousSettings, readByField, storedPolicy } from '../hosts/index.ts';
import { defaultLimits } from './limits.ts';
import { shareOf } from './rules/share.ts';

/** A quick top-up of everybody in a busy evening, and still a bounded sum that KYBIO knows nothing of. */
const TILL_CAPS = 20;

/** Of a largest top-up: what a drawer is off by in a busy shift, five where that is two thousand. */
const VARIANCE_PART = amount('400');

/**
 * What holds until a manager says otherwise. One member may have one largest top-up waiting, a till
 * twenty of them; a day without KYBIO is the longest; the same again within five minutes asks first.
 */
export function defaultPolicy(currency: string): Policy {
  const { balanceCap, pointCap, quickAmounts } = defaultLimits(currency);
  return {
    ...cautiousSettings,
    balanceCap,
    pointCap,
    memberWaitingCap: balanceCap,
    tillWaitingCap: multiplyAmount(balanceCap, TILL_CAPS),
    offlineWindowMs: 86_400_000,
    repeatWithinMs: 300_000,
    callsPerDay: defaultBudget.limit,
    callsKeptForIncrements: defaultBudget.keptForIncrements,
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
    screenLanguage: 'as-set-up',
    updateFromMinute: 120,
    updateToMinute: 300,
    updateKilobytesPerSecond: 256,
    updateOnPress: false,
    businessDayEndsAtMinute: 0,
    blindCount: true,
    varianceLimit: shareOf(balanceCap, amount('1'), VARIANCE_PART, 0).value,
    floatCap: balanceCap,
  };
}

/** The policy out of its stored text; what it lacks or has wrong is as it is by default. */
export const readPolicy = (text: string | null, defaults: Policy): Policy =>
  readByField(policySchema, storedPolicy(text), defaults);

/** The fields that a change touches, as they were and as they are: what the journal keeps of it. */
export function policyChanges(
  before: Policy,
  after: Policy,
): Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>> {
  const names = Object.keys(policySchema.shape) as (keyof Policy)[];
  const text = (value: unknown) => JSON.stringify(value);
  const changed = names.filter((name) => text(before[name]) !== text(after[name]));
  return Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }]));
}
