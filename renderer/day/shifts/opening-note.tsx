import { comparedFloat, isZeroAmount, zeroAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, ShiftOpening } from '../../../preload/contract/index.ts';
import { Note } from '../../kit/note.tsx';
import { personWords } from '../../kit/person-words.ts';
import { joinSentences } from '../../shared/i18n.ts';
import { useDay } from './use-day.ts';

interface Props {
  readonly opening: ShiftOpening;
  readonly float: Amount;
  /** Absent before the shift is open. */
  readonly openedBy?: string;
}

export function OpeningNote({ opening, float, openedBy }: Props) {
  const { t, write } = useDay();
  const { kind, left } = comparedFloat(opening, float);
  const { counted, shift, uncounted } = opening;
  const isUncounted = !isZeroAmount(uncounted);
  const said = [
    t(`shifts.opening.${kind}`, {
      counted: write.money(counted ?? zeroAmount),
      shift: shift ?? 0,
      float: write.money(float),
      left: write.money(left),
    }),
    ...(isUncounted ? [t('shifts.opening.uncounted', { sum: write.money(uncounted) })] : []),
    ...(openedBy === undefined ? [] : [t('shifts.opening.openedBy', { who: personWords(t, openedBy) })]),
  ];
  const differs = isUncounted || kind === 'to-bank' || kind === 'put-in';
  return <Note tone={differs ? 'warn' : 'neutral'}>{joinSentences(t, said)}</Note>;
}
