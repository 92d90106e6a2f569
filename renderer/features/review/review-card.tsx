import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryCause, ReviewAnswerWord, ShownCase } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { sayPhrases } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { AdviceNote } from './advice-note.tsx';
import { FactBoxes } from './fact-boxes.tsx';
import { RechargeRows } from './recharge-rows.tsx';
import styles from './review.module.css';
import { attemptLine, caseFacts, caseLine, isUnvouched, primaryAnswer } from './review-words.ts';
import { reviews } from './reviews.ts';
import { ownerOf, useAnswerWords } from './use-answer-words.ts';
import { type FullWriter, useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

function Attempts({ review, write }: { readonly review: ShownCase; readonly write: FullWriter }) {
  const { t } = useTranslation();
  if (review.attempts.length < 2) return null;
  return (
    <ol className={c('attempts')} aria-label={t('review.case.attempts')}>
      {review.attempts.map((attempt) => (
        <li key={attempt.number}>{sayPhrases(t, attemptLine(attempt, write))}</li>
      ))}
    </ol>
  );
}

/** Causes with a sentence of their own. */
const told: ReadonlySet<EntryCause> = new Set([
  'restored',
  'sent-before',
  'card-of-another',
  'from-receipt',
  'from-confirmed-receipt',
]);

function Warnings({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const { cause, messages, memberNumber: number } = review.entry;
  const names = { name: write.nameOf(review.entry), owner: ownerOf(t, review), number };
  const confirmedBy = review.paper?.confirmed ?? null;
  const words = messages.join(t('app.separator'));
  return (
    <>
      {words !== '' && <p className={c('quiet')}>{t('entry.kybioSays', { words })}</p>}
      {isUnvouched(review) && <Note tone="bad">{t('review.case.notVouched')}</Note>}
      {cause !== null && told.has(cause) && <Note tone="warn">{t(`review.case.${cause}`, names)}</Note>}
      {confirmedBy !== null && <Note tone="warn">{t('review.case.confirmedBy', confirmedBy)}</Note>}
    </>
  );
}

function AnswerButtons({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const say = useAnswerWords();
  const primary = primaryAnswer(review);
  const button = (answer: ReviewAnswerWord) => (
    <Button
      look={answer === primary ? 'primary' : answer === 'drop' ? 'danger' : 'plain'}
      aria-haspopup="dialog"
      onPress={() => openGuarded({ kind: 'answer', review, answer })}
    >
      {say(review, answer)}
    </Button>
  );
  return (
    <div className={c('answers')}>
      {button('arrived')}
      {review.sendable && button('send')}
      <Button onPress={() => reviews.print(review)}>{t('review.print')}</Button>
      <span className={c('grow')} />
      {button('drop')}
    </div>
  );
}

/** One entry that waits for a manager: what was sent, what was read since, what the till makes of it. */
export function ReviewCard({ review, isFirst }: { readonly review: ShownCase; readonly isFirst: boolean }) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const titleId = useId();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isFirst) ref.current?.scrollIntoView({ block: 'start' });
  }, [isFirst]);
  const { entry } = review;
  const name = write.nameOf(entry);
  return (
    <article ref={ref} className={c('case')} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId} className={c('name')}>
          {t('review.case.title', { name, sum: write.sumOf(entry) })}
        </h2>
        <p className={c('line')}>
          {sayPhrases(t, [
            { key: 'review.case.card', values: { number: entry.memberNumber } },
            ...caseLine(review, write),
          ])}
        </p>
        {entry.note !== '' && <p className={c('line')}>{t('review.case.note', { note: entry.note })}</p>}
        <Attempts review={review} write={write} />
      </div>
      <FactBoxes facts={caseFacts(review, write)} />
      <RechargeRows review={review} />
      <Warnings review={review} />
      <AdviceNote review={review} />
      <AnswerButtons review={review} />
    </article>
  );
}
