import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownDoubt } from '../../../preload/contract/index.ts';
import { subtractAmounts, zeroAmount } from '../../../preload/contract/values.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { FactBoxes } from './fact-boxes.tsx';
import styles from './review.module.css';
import type { CaseFact } from './review-words.ts';
import { type FullWriter, useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

/** What was known or read of a member; a part that was not told says so. */
const sumsFact = (
  write: FullWriter,
  label: CaseFact['label'],
  { balance, point }: NonNullable<ShownDoubt['known']>,
): CaseFact => ({
  label,
  main: balance === null ? { key: 'review.case.notKnown' } : write.money(balance),
  small: point === null ? null : write.points(point),
});

/** What was known and read, and the difference; nothing where a receipt raised the doubt. */
function sumsFound({ entry, known, read }: ShownDoubt, write: FullWriter): readonly CaseFact[] {
  if (known === null || read === null) return [];
  const off = (part: 'balance' | 'point') => {
    const [is, was] = [read[part], known[part]];
    return is === null || was === null ? zeroAmount : subtractAmounts(is, was);
  };
  return [
    sumsFact(write, { key: 'doubts.known' }, known),
    sumsFact(write, { key: 'doubts.read' }, read),
    {
      label: { key: 'review.case.difference' },
      main: write.signed(off('balance'), off('point')),
      small: { key: 'doubts.ours', values: { reference: entry.reference, sum: write.sumOf(entry) } },
    },
  ];
}

/** A settled entry that a later answer of KYBIO or a receipt does not fit, and the one press that mends it. */
export function DoubtCard({ doubt }: { readonly doubt: ShownDoubt }) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const titleId = useId();
  const { kind, entry, seenBy, paper } = doubt;
  const which = paper === null ? kind : 'on-paper';
  const { reference } = entry;
  const sum = write.sumOf(entry);
  const facts = sumsFound(doubt, write);
  return (
    <article className={c('case')} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId} className={c('name')}>
          {t(`doubts.${which}.title`)}
        </h2>
        <p className={c('who')}>{t('review.case.title', { name: write.nameOf(entry), sum })}</p>
        <p className={c('line')}>
          {t('doubts.line', {
            reference,
            time: write.second(entry.createdAtMs),
            actor: entry.actor,
            state: t(`states.${entry.state}`),
            noticed: write.minute(doubt.openedAtMs),
          })}
        </p>
      </div>
      {facts.length > 0 && <FactBoxes facts={facts} />}
      <Note tone="warn">
        {t(`doubts.${which}.what`, {
          ...{ seenBy: seenBy.reference, sum, reference, state: t(`states.${entry.state}`) },
          ...{ paper: paper?.reference ?? '', till: paper?.till ?? '' },
        })}
      </Note>
      <div className={c('answers')}>
        <Button
          look="primary"
          aria-haspopup="dialog"
          onPress={() => openGuarded({ kind: 'doubt', doubt, action: 'correct' })}
        >
          {t(`doubts.${kind}.correct`)}
        </Button>
        <Button
          aria-haspopup="dialog"
          onPress={() => openGuarded({ kind: 'doubt', doubt, action: 'dismiss' })}
        >
          {t('doubts.dismiss')}
        </Button>
      </div>
    </article>
  );
}
