import { type Amount, compareAmounts, isZeroAmount, zeroAmount } from '../../preload/contract/index.ts';
import type { DecidePolicy, HostProfile } from '../hosts/index.ts';
import type { UndecidedEntry } from './undecided.ts';

/** Rows carry our time, and no other till has our seconds: then a row tells whose it is. */
export const isFingerprinting = (
  { log }: Pick<HostProfile, 'log'>,
  { tillNumbersDeclared }: DecidePolicy,
): boolean => log?.carriesOurTime === true && tillNumbersDeclared;

/**
 * The longest delay after which an entry like this was seen in the log; null where none was. Points alone
 * are a kind of their own, and so is whatever takes back, by whichever kind it goes.
 */
export function provenDelayMs(
  {
    kind,
    balanceIncrement,
    pointIncrement,
  }: Pick<UndecidedEntry, 'kind' | 'balanceIncrement' | 'pointIncrement'>,
  log: NonNullable<HostProfile['log']>,
): number | null {
  const ofKind = { 'top-up': log.topUpDelayMs, award: log.awardDelayMs, reversal: log.reversalDelayMs }[kind];
  const delaysMs = [ofKind];
  if (isZeroAmount(balanceIncrement)) delaysMs.push(log.awardDelayMs);
  if ([balanceIncrement, pointIncrement].some(isNegative)) delaysMs.push(log.reversalDelayMs);
  const seenMs = delaysMs.filter((delayMs) => delayMs !== null);
  return seenMs.length < delaysMs.length ? null : Math.max(...seenMs);
}

const isNegative = (sum: Amount): boolean => compareAmounts(sum, zeroAmount) < 0;
