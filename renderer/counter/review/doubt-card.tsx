import { type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Amount,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { ShownDoubt } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { CaseTitle } from './case-title.tsx';
import { FactBoxes } from './fact-boxes.tsx';
import { ReadingNote, useRead, useReading } from './reading-part.tsx';
import styles from './review.module.css';
import type { CaseFact } from './review-words.ts';
import { reviews } from './reviews.ts';
import { type FullWriter, useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

/** Sums of a member, unknown parts marked. */
const sumsFact = (
  write: FullWriter,
  label: CaseFact['label'],
  { balance, point }: NonNullable<ShownDoubt['known']>,
): CaseFact => ({
  label,
  main: balance === null ? { key: 'review.case.notKnown' } : write.money(balance),
  small: point === null ? null : write.points(point),
});

/**
 * The sums after the reply that raised it, those read since, and the difference; before a reading those known and
 * read then. Empty if a receipt raised it, without a reading.
 */
function doubtFacts(doubt: ShownDoubt, write: FullWriter, sum: string): readonly CaseFact[] {
  const { reading, seenBy, entry } = doubt;
  const sums = reading?.sums ?? null;
  const [from, to] = sums === null ? [doubt.known, doubt.read] : [doubt.after, sums];
  if (from === null || to === null) return [];
  const off = (part: 'balance' | 'point'): Amount | null => {
    const [is, was] = [to[part], from[part]];
    return is === null || was === null ? null : subtractAmounts(is, was);
  };
  const [balance, point] = [off('balance'), off('point')];
  const isKnown = balance !== null || point !== null;
  const isUnchanged = isKnown && isZeroAmount(balance ?? zeroAmount) && isZeroAmount(point ?? zeroAmount);
  const moved = write.signed(balance ?? zeroAmount, point ?? zeroAmount);
  const time = (ms: number) => ({ time: write.minute(ms) });
  return [
    sumsFact(
      write,
      sums === null
        ? { key: 'doubts.known' }
        : { key: 'doubts.after', values: { seenBy: seenBy.reference, ...time(seenBy.createdAtMs) } },
      from,
    ),
    sumsFact(
      write,
      sums === null ? { key: 'doubts.read' } : { key: 'review.case.read', values: time(reading?.atMs ?? 0) },
      to,
    ),
    {
      label: { key: 'review.case.difference' },
      main: !isKnown
        ? { key: 'review.case.cannotTell' }
        : isUnchanged
          ? { key: 'review.case.unmoved' }
          : moved,
      small: { key: 'doubts.ours', values: { reference: entry.reference, sum } },
    },
  ];
}

interface Props {
  readonly doubt: ShownDoubt;
  readonly homeRef: RefObject<HTMLHeadingElement | null>;
}

/** A suspected double or missing credit, and the press that corrects it. */
export function DoubtCard({ doubt, homeRef }: Props) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const titleId = useId();
  const { isReading } = useRead(doubt.id);
  const { kind, entry, seenBy, paper, reading, standing } = doubt;
  const which = paper === null ? kind : 'on-paper';
  const { reference } = entry;
  const sum = write.sumOf(entry);
  useReading({ of: 'doubt', id: doubt.id }, reading);
  const facts = doubtFacts(doubt, write, sum);
  return (
    <article className={c('case')} aria-labelledby={titleId}>
      <div>
        <CaseTitle id={titleId} homeRef={homeRef}>
          {t(`doubts.${which}.title`)}
        </CaseTitle>
        <p className={c('who')}>{t('review.case.title', { name: write.nameOf(entry), sum })}</p>
        <p className={c('line')}>
          {t('doubts.line', {
            reference,
            time: write.second(entry.createdAtMs),
            actor: write.person(entry.actor),
            state: t(`states.${entry.state}`),
            noticed: write.minute(doubt.openedAtMs),
          })}
        </p>
      </div>
      <FactBoxes facts={facts} />
      <Note tone="warn">
        {t(`doubts.${which}.what`, {
          seenBy: seenBy.reference,
          sum,
          reference,
          state: t(`states.${entry.state}`),
          paper: paper?.reference ?? '',
          till: paper?.till ?? '',
        })}
      </Note>
      <ReadingNote id={doubt.id} reading={reading} wayOut="dismiss" />
      {standing !== null && (
        <Note tone={standing === 'stands' ? 'good' : 'warn'}>
          {t(`doubts.${kind}.${standing}`, { sum, reference, name: write.nameOf(entry) })}
        </Note>
      )}
      <div className={c('answers')}>
        {standing !== null && (
          <Button
            look={standing === 'stands' ? 'primary' : 'plain'}
            aria-haspopup="dialog"
            onPress={() => openGuarded({ kind: 'doubt', doubt, action: 'correct' })}
          >
            {t(`doubts.${kind}.correct`)}
          </Button>
        )}
        <Button
          look={reading === null ? 'primary' : 'plain'}
          isDisabled={isReading}
          onPress={() => void reviews.read({ of: 'doubt', id: doubt.id })}
        >
          {t(reading === null ? 'review.reading.read' : 'review.reading.again')}
        </Button>
        <Button
          look={standing === 'gone' ? 'primary' : 'plain'}
          aria-haspopup="dialog"
          onPress={() => openGuarded({ kind: 'doubt', doubt, action: 'dismiss' })}
        >
          {t('doubts.dismiss')}
        </Button>
      </div>
    </article>
  );
}
