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
import { DoubtCard } from './doubt-card.tsx';
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
  const fingerprint = `${cases} ${useTopic('doubts')}`;
  const seen = useRef(fingerprint);
  useEffect(() => void reviews.open(), []);
  useEffect(() => {
    if (seen.current === fingerprint) return;
    seen.current = fingerprint;
    void reviews.load();
  }, [fingerprint]);
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

function leadOf({ cases, doubts }: ReviewList): string | null {
  if (cases.length > 0) return 'review.screen.lead';
  return doubts.length > 0 ? 'review.screen.leadDoubts' : null;
}

/** Suspicions first: money is misplaced there. */
const allOf = ({ cases, doubts }: ReviewList) => [
  ...doubts.map((doubt) => ({ of: 'doubt' as const, id: doubt.id, entry: doubt.entry, doubt })),
  ...cases.map((review) => ({ of: 'entry' as const, id: review.entry.id, entry: review.entry, review })),
];

interface ChipsProps {
  readonly list: ReviewList;
  readonly open: string;
  readonly onOpen: (id: string) => void;
}

/** One is open at a time, since opening reads KYBIO. */
function Chips({ list, open, onOpen }: ChipsProps) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const all = allOf(list);
  if (all.length < 2) return null;
  return (
    <ul className={c('chips')} aria-label={t('review.title')}>
      {all.map((one) => (
        <li key={one.id}>
          <Press className={c('chip')} isSelected={one.id === open} onPress={() => onOpen(one.id)}>
            {one.of === 'doubt' && `${t(`doubts.${one.doubt.kind}.title`)}${t('app.separator')}`}
            <bdi>
              {t('review.case.title', { name: write.nameOf(one.entry), sum: write.sumOf(one.entry) })}
            </bdi>
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
  if (list.cases.length + list.doubts.length === 0) return <Nothing />;
  const [first] = allOf(list);
  const open = allOf(list).find(({ id }) => id === chosen) ?? first;
  if (open === undefined) return null;
  return (
    <>
      <Chips list={list} open={open.id} onOpen={setChosen} />
      {open.of === 'doubt' ? (
        <DoubtCard key={open.id} doubt={open.doubt} homeRef={homeRef} />
      ) : (
        <ReviewCard key={open.id} review={open.review} homeRef={homeRef} />
      )}
    </>
  );
}

export function ReviewScreen({ entryId }: { readonly entryId: string | null }) {
  const { t } = useTranslation();
  const list = useReviews((state) => state.list);
  const failure = useReviews((state) => state.failure);
  const homeRef = useRef<HTMLHeadingElement>(null);
  useFreshReviews();
  const leadKey = list === null ? 'review.screen.lead' : leadOf(list);
  return (
    <ScreenFrame
      title={t('review.screen.title')}
      lead={leadKey === null ? undefined : t(leadKey)}
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
