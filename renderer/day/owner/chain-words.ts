import {
  compareAmounts,
  isZeroAmount,
  negateAmount,
  reasonsForSomebody,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { ChainTill, StatusReason, TillReason } from '../../../preload/contract/index.ts';
import type { Tone } from '../../kit/phrase.ts';
import { useOwnerWords } from './use-owner-words.ts';

const forSomebody: ReadonlySet<TillReason> = new Set([...reasonsForSomebody, 'id-twice']);

/** A reason is said with what it counts, where it counts something. */
const countsOf: Partial<Record<StatusReason, (till: ChainTill) => number>> = {
  'needs-review': ({ entries }) => entries.needsReview,
  'refused-unseen': ({ entries }) => entries.refusedUnseen,
};

export function useChainWords() {
  const words = useOwnerWords();
  const { t, write, moment, told } = words;
  const reason = (till: ChainTill, name: TillReason): { readonly said: string; readonly tone: Tone } => {
    const counts = countsOf[name as StatusReason]?.(till);
    const { oldestUnsentAtMs } = till.entries;
    const values = {
      ...(counts === undefined ? {} : told(counts)),
      ...(oldestUnsentAtMs === null ? {} : { time: moment(oldestUnsentAtMs) }),
    };
    return { said: t(`owner.chain.reasons.${name}`, values), tone: forSomebody.has(name) ? 'bad' : 'warn' };
  };
  const variance = ({
    lastZ,
    variance: sum,
  }: ChainTill): { readonly said: string; readonly isOff: boolean } => {
    if (sum === null || lastZ === null) return { said: t('owner.notCounted'), isOff: false };
    if (isZeroAmount(sum)) {
      const isOff = lastZ.hasVariance === true;
      return { said: t(isOff ? 'owner.chain.evensOut' : 'owner.matches'), isOff };
    }
    const isShort = compareAmounts(sum, zeroAmount) < 0;
    const by = write.money(isShort ? negateAmount(sum) : sum);
    return { said: t(isShort ? 'owner.short' : 'owner.over', { sum: by }), isOff: true };
  };
  return { ...words, reason, variance };
}
