import { Fragment, type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryCause, ReviewAnswerWord, ShownCase } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { phrasesText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { AdviceNote } from './advice-note.tsx';
import { CaseTitle } from './case-title.tsx';
import { FactBoxes } from './fact-boxes.tsx';
import { ReadingNote, useAhead, useRead, useReading } from './reading-part.tsx';
import { RechargeRows } from './recharge-rows.tsx';
import styles from './review.module.css';
import { answersOf, attemptLine, caseFacts, caseLine, isUnverified, primaryAnswer } from './review-words.ts';
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
        <li key={attempt.number}>{phrasesText(t, attemptLine(attempt, write))}</li>
      ))}
    </ol>
  );
}

const told: ReadonlySet<EntryCause> = new Set([
  'restored',
  'sent-before',
  'card-of-another',
  'from-receipt',
  'from-confirmed-receipt',
]);

/** What a move left open the old computer sends no more: nothing is missing, and nothing older than it should be. */
function useCauseWords({ entry: { cause }, attempts }: ShownCase): string | null {
  const isWholeMove = useTopic(
    'restored',
    (restored) => restored?.isMoved === true && restored.lostRows === 0,
  );
  if (cause === null || !told.has(cause)) return null;
  const isUnsent = attempts.every(({ sent }) => !sent);
  if (cause !== 'restored' || !isWholeMove) return `review.case.${cause}`;
  return isUnsent ? 'review.case.moved' : 'review.case.movedSent';
}

function Warnings({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const causeWords = useCauseWords(review);
  const write = useReviewWriter();
  const { messages, memberNumber: number } = review.entry;
  const names = { name: write.nameOf(review.entry), owner: ownerOf(t, review), number };
  const confirmedBy = review.paper?.confirmed ?? null;
  const words = messages.join(t('app.separator'));
  return (
    <>
      {words !== '' && <p className={c('quiet')}>{t('entry.kybioSays', { words })}</p>}
      {isUnverified(review) && <Note tone="bad">{t('review.case.notVouched')}</Note>}
      {causeWords !== null && <Note tone="warn">{t(causeWords, names)}</Note>}
      {confirmedBy !== null && <Note tone="warn">{t('review.case.confirmedBy', confirmedBy)}</Note>}
    </>
  );
}

/** The suggested answer comes first, in green; without a reading that is to read. */
function AnswerButtons({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const say = useAnswerWords();
  const write = useReviewWriter();
  const { isReading, waitsUntilMs } = useRead(review.entry.id);
  const fromMs = useAhead(waitsUntilMs);
  const primary = primaryAnswer(review);
  const answers = answersOf(review);
  const button = (answer: ReviewAnswerWord) => (
    <Button
      look={answer === primary ? 'primary' : answer === 'drop' ? 'danger' : 'plain'}
      aria-haspopup="dialog"
      onPress={() => openGuarded({ kind: 'answer', review, answer })}
    >
      {say(review, answer)}
    </Button>
  );
  const inOrder = primary === 'send' ? (['send', 'arrived'] as const) : (['arrived', 'send'] as const);
  const readsFirst = review.reading === null;
  return (
    <div className={c('answers')}>
      {inOrder.map(
        (answer) => answers.includes(answer) && <Fragment key={answer}>{button(answer)}</Fragment>,
      )}
      <Button
        look={readsFirst && primary === null ? 'primary' : 'plain'}
        isDisabled={isReading}
        onPress={() => void reviews.read(review.entry.id)}
      >
        {fromMs === null
          ? t(readsFirst ? 'review.reading.read' : 'review.reading.again')
          : t('review.reading.from', { time: write.second(fromMs) })}
      </Button>
      <span className={c('grow')} />
      {answers.includes('drop') && button('drop')}
    </div>
  );
}

interface Props {
  readonly review: ShownCase;
  readonly homeRef: RefObject<HTMLHeadingElement | null>;
}

export function ReviewCard({ review, homeRef }: Props) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const titleId = useId();
  const { entry } = review;
  useReading(entry.id, review.reading);
  const name = write.nameOf(entry);
  return (
    <article className={c('case')} aria-labelledby={titleId}>
      <div>
        <CaseTitle id={titleId} homeRef={homeRef}>
          {t('review.case.title', { name, sum: write.sumOf(entry) })}
        </CaseTitle>
        <p className={c('line')}>
          {phrasesText(t, [
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
      <ReadingNote id={entry.id} reading={review.reading} />
      {review.evidence !== null && <AdviceNote review={review} />}
      <AnswerButtons review={review} />
    </article>
  );
}
