import { useTranslation } from 'react-i18next';
import type { ShownCase } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { phraseText } from '../../shared/i18n.ts';
import styles from './review.module.css';
import { adviceOf, reasonPhrases } from './review-words.ts';
import { useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

export function AdviceNote({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const { tone, title, todo } = adviceOf(review, write);
  const reasons = reasonPhrases(review, write).map((phrase) => phraseText(t, phrase));
  return (
    <Note tone={tone}>
      <p>
        <b>{phraseText(t, title)}</b>
        {t('app.sentenceGap')}
        {todo !== null && phraseText(t, todo)}
      </p>
      {reasons.length > 0 && (
        <ul className={c('reasons')}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </Note>
  );
}
