import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import tones from '../../kit/tones.module.css';
import { phraseText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { REFUSED_KEY, REVIEW_KEY, statusOf } from './status.ts';
import styles from './status-pill.module.css';

const c = classNames(tones, styles);

interface Props {
  readonly onReview?: () => void;
  readonly onRefused?: () => void;
}

/** The overall status; leads to what needs a person. */
export function StatusPill({ onReview, onRefused }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const link = useTopic('link');
  const counts = useTopic('counts');
  const refusals = useTopic('refusals');
  const timeText = (ms: number) => storeMoment(ms, Date.now(), till.storeTimeZone, till.language);
  const status = statusOf({ link, counts, refusals }, timeText);
  const wayOf = (key: string) =>
    key === REVIEW_KEY ? onReview : key === REFUSED_KEY ? onRefused : undefined;
  return (
    <div role="status" className={c('state', status.tone)}>
      <span className={c('words')}>
        {status.phrases.map((phrase, index) => {
          const way = wayOf(phrase.key);
          return (
            <Fragment key={phrase.key}>
              {index > 0 && t('app.separator')}
              {way === undefined ? (
                <span className={c('phrase')}>{phraseText(t, phrase)}</span>
              ) : (
                <Press className={c('way')} onPress={way}>
                  {phraseText(t, phrase)}
                </Press>
              )}
            </Fragment>
          );
        })}
      </span>
    </div>
  );
}
