import type { TFunction } from 'i18next';
import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ShownCase, Till } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { type Fact, Facts } from '../../kit/facts.tsx';
import { storeStamp } from '../../kit/format.ts';
import { sayPhrase, sayPhrases, sayWords } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import styles from './print-sheet.module.css';
import { RechargeRows } from './recharge-rows.tsx';
import {
  adviceOf,
  attemptLine,
  caseFacts,
  isUnvouched,
  type ReviewWriter,
  reasonPhrases,
} from './review-words.ts';
import { reviews } from './reviews.ts';
import { type FullWriter, useReviewWriter } from './use-review-writer.ts';

const c = classNames(styles);

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={c('part')}>
      <h2 className={c('heading')}>{title}</h2>
      {children}
    </section>
  );
}

/** Paper outlives the day: times in full. */
const fullTimes = (write: FullWriter, { storeTimeZone, language }: Till): FullWriter => ({
  ...write,
  minute: (ms) => storeStamp(ms, storeTimeZone, language),
  second: (ms) => storeStamp(ms, storeTimeZone, language),
});

function headFacts(t: TFunction, till: Till, write: ReviewWriter): readonly Fact[] {
  const time = write.second(Date.now());
  return [
    [t('sheet.till'), till.name],
    [t('sheet.printed'), t('sheet.printedAt', { time, zone: till.storeTimeZone })],
    [t('sheet.host'), till.host.replace(/^https:\/\//, '')],
    [t('sheet.appId'), till.appId],
  ];
}

function entryFacts(t: TFunction, { entry }: ShownCase, write: FullWriter): readonly Fact[] {
  const rows: readonly (readonly [string, string])[] = [
    ['kind', t(`entry.kinds.${entry.kind}`)],
    ['amount', write.sumOf(entry)],
    ['time', write.second(entry.createdAtMs)],
    ['actor', entry.actor],
    ['note', entry.note],
    ['cause', entry.cause === null ? '' : t(`causes.${entry.cause}`)],
    ['messages', entry.messages.join(t('app.separator'))],
  ];
  return rows.flatMap(([key, value]) => (value === '' ? [] : [[t(`entry.facts.${key}`), value] as const]));
}

function AttemptsPart({ review, write }: { readonly review: ShownCase; readonly write: FullWriter }) {
  const { t } = useTranslation();
  return (
    <Part title={t('sheet.attempts')}>
      {review.attempts.length === 0 && <p>{t('sheet.noAttempts')}</p>}
      {review.attempts.map((attempt) => (
        <p key={attempt.number}>{sayPhrases(t, attemptLine(attempt, write))}</p>
      ))}
    </Part>
  );
}

function AdvicePart({ review, write }: { readonly review: ShownCase; readonly write: FullWriter }) {
  const { t } = useTranslation();
  const { title, todo } = adviceOf(review, write);
  return (
    <Part title={t('sheet.advice')}>
      <p>
        <b>{sayPhrase(t, title)}</b>
        {t('app.sentenceGap')}
        {todo !== null && sayPhrase(t, todo)}
      </p>
      {isUnvouched(review) && <p>{t('review.case.notVouched')}</p>}
      <ul className={c('reasons')}>
        {reasonPhrases(review, write).map((phrase) => (
          <li key={phrase.key}>{sayPhrase(t, phrase)}</li>
        ))}
      </ul>
    </Part>
  );
}

function DecisionPart({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  return (
    <Part title={t('sheet.decision')}>
      <div className={c('ticks')}>
        {(['arrived', 'send', 'drop'] as const)
          .filter((answer) => answer !== 'send' || review.sendable)
          .map((answer) => (
            <span key={answer} className={c('tick')}>
              {t(`review.answers.${answer}`)}
            </span>
          ))}
      </div>
      <p className={c('line')}>{t('sheet.reason')}</p>
      <div className={c('signed')}>
        <p className={c('line')}>{t('sheet.date')}</p>
        <p className={c('line')}>{t('sheet.name')}</p>
        <p className={c('line')}>{t('sheet.signature')}</p>
      </div>
    </Part>
  );
}

/** One case on paper for the shop's file; on the page only for the printer, and gone when that has it. */
export function PrintSheet({ review }: { readonly review: ShownCase }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = fullTimes(useReviewWriter(), till);
  useEffect(() => void reviews.sendToPrinter(), []);
  const { entry } = review;
  const { reference } = entry;
  const name = write.nameOf(entry);
  return createPortal(
    <div className={c('sheet')}>
      <h1 className={c('title')}>{t('sheet.title')}</h1>
      <p className={c('who')}>
        {[name, write.sumOf(entry), t('entry.reference', { reference })].join(t('app.separator'))}
      </p>
      <p>{t('review.case.card', { number: entry.memberNumber })}</p>
      <div className={c('two')}>
        <Facts facts={headFacts(t, till, write)} />
        <Facts facts={entryFacts(t, review, write)} />
      </div>
      <AttemptsPart review={review} write={write} />
      <Part title={t('sheet.facts')}>
        <dl className={c('facts')}>
          {caseFacts(review, write).map(({ label, main, small }) => (
            <div key={label.key}>
              <dt>{sayPhrase(t, label)}</dt>
              <dd className={c('main')}>{sayWords(t, main)}</dd>
              {small !== null && <dd>{sayWords(t, small)}</dd>}
            </div>
          ))}
        </dl>
        <RechargeRows review={review} />
      </Part>
      <AdvicePart review={review} write={write} />
      <DecisionPart review={review} />
      <p className={c('foot')}>{t('sheet.foot', { reference, name, till: till.name })}</p>
    </div>,
    document.body,
  );
}
