import type { TFunction } from 'i18next';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Icon } from '../../kit/icons.tsx';
import { Note } from '../../kit/note.tsx';
import { Press } from '../../kit/press.tsx';
import { errorText, phraseText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './review.module.css';
import { ReviewCard } from './review-card.tsx';
import type { Outcome, ReviewList } from './review-store.ts';
import { reviews, useReviews } from './reviews.ts';
import { useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

/** Loads the list when the screen opens, and when the till's entries change. */
function useFreshReviews(): void {
  const cases = useTopic('activity', (activity) =>
    activity.flatMap(({ id, state, cause }) => (state === 'review' ? `${id} ${cause}` : [])).join(),
  );
  const seen = useRef(cases);
  useEffect(() => void reviews.open(), []);
  useEffect(() => {
    if (seen.current === cases) return;
    seen.current = cases;
    void reviews.load();
  }, [cases]);
}

function outcomeText(t: TFunction, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return phraseText(t, outcome.phrase);
    case 'undone':
      return t('review.undone', { reference: outcome.reference, words: errorText(t, outcome.error) });
  }
}

/** The last answer's outcome; stays in view. */
function OutcomeNote() {
  const { t } = useTranslation();
  const outcome = useReviews((state) => state.outcome);
  if (outcome === null) return null;
  return (
    <div className={c('outcome')}>
      <Note tone={outcome.kind === 'done' ? 'good' : 'warn'} isNews>
        {outcomeText(t, outcome)}
      </Note>
    </div>
  );
}

interface ChipsProps {
  readonly list: ReviewList;
  readonly open: string;
  readonly onOpen: (id: string) => void;
}

/** One is open at a time, since opening reads KYBIO. */
function Chips({ list, open, onOpen }: ChipsProps) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  if (list.cases.length < 2) return null;
  return (
    <ul className={c('chips')} aria-label={t('review.title')}>
      {list.cases.map(({ entry }) => (
        <li key={entry.id}>
          <Press className={c('chip')} isSelected={entry.id === open} onPress={() => onOpen(entry.id)}>
            <bdi>{t('review.case.title', { name: write.nameOf(entry), sum: write.sumOf(entry) })}</bdi>
          </Press>
        </li>
      ))}
    </ul>
  );
}

/** Nothing to decide, or not yet. */
function Nothing() {
  const { t } = useTranslation();
  const count = useTopic('counts', ({ unknown }) => unknown);
  const isChecking = count > 0;
  const till = useTill();
  const write = useReviewWriter();
  const activity = useTopic('activity');
  const checked = activity.filter(({ state }) => state === 'unknown');
  return (
    <div className={c('empty')}>
      <span className={c('picture', isChecking && 'checking')}>
        <Icon name={isChecking ? 'find' : 'check'} />
      </span>
      <b>{isChecking ? t('review.screen.checking', { count }) : t('review.screen.empty')}</b>
      {checked.map((entry) => (
        <p key={entry.id}>
          {[
            t('entry.title', { reference: entry.reference }),
            write.nameOf(entry),
            write.sumOf(entry),
            storeMoment(entry.createdAtMs, Date.now(), till.storeTimeZone, till.language),
          ].join(t('app.separator'))}
        </p>
      ))}
      <p>{t(isChecking ? 'review.screen.checkingHint' : 'review.screen.emptyHint')}</p>
    </div>
  );
}

interface CardsProps {
  readonly list: ReviewList;
  readonly entryId: string | null;
  readonly homeRef: RefObject<HTMLHeadingElement | null>;
}

function Cards({ list, entryId, homeRef }: CardsProps) {
  const [chosen, setChosen] = useState(entryId);
  const [first] = list.cases;
  const open = list.cases.find(({ entry }) => entry.id === chosen) ?? first;
  if (open === undefined) return <Nothing />;
  return (
    <>
      <Chips list={list} open={open.entry.id} onOpen={setChosen} />
      <ReviewCard key={open.entry.id} review={open} homeRef={homeRef} />
    </>
  );
}

export function ReviewScreen({ entryId }: { readonly entryId: string | null }) {
  const { t } = useTranslation();
  const list = useReviews((state) => state.list);
  const failure = useReviews((state) => state.failure);
  const homeRef = useRef<HTMLHeadingElement>(null);
  useFreshReviews();
  return (
    <ScreenFrame
      title={t('review.screen.title')}
      lead={list?.cases.length === 0 ? undefined : t('review.screen.lead')}
      homeRef={homeRef}
    >
      <OutcomeNote />
      {failure !== null && (
        <>
          <ErrorNote>{errorText(t, failure)}</ErrorNote>
          <div className={c('answers')}>
            <Button onPress={() => void reviews.load()}>{t('review.screen.again')}</Button>
          </div>
        </>
      )}
      <section className={c('list')} aria-label={t('review.title')} aria-busy={list === null}>
        {list === null && failure === null && <p className={c('quiet')}>{t('review.screen.loading')}</p>}
        {list !== null && <Cards list={list} entryId={entryId} homeRef={homeRef} />}
      </section>
    </ScreenFrame>
  );
}
