import { Fragment } from 'react';
import { Button as Pressable } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { sayPhrase } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { REVIEW_KEY, statusOf } from '../../logic/status.ts';
import { useSnapshot } from '../../stores/index.ts';
import styles from './status-pill.module.css';

const c = classNames(styles);

/** The state of everything in one sentence; what needs review leads to the review. */
export function StatusPill({ onReview }: { readonly onReview?: () => void }) {
  const { t } = useTranslation();
  const link = useSnapshot((snapshot) => snapshot.link);
  const counts = useSnapshot((snapshot) => snapshot.counts);
  const doubts = useSnapshot((snapshot) => snapshot.doubts);
  const status = statusOf({ link, counts, doubts });
  return (
    <div role="status" className={c('state', status.tone)}>
      <span>
        {status.phrases.map((phrase, index) => (
          <Fragment key={phrase.key}>
            {index > 0 && t('app.separator')}
            {phrase.key === REVIEW_KEY && onReview !== undefined ? (
              <Pressable className={c('review')} onPress={onReview}>
                {sayPhrase(t, phrase)}
              </Pressable>
            ) : (
              sayPhrase(t, phrase)
            )}
          </Fragment>
        ))}
      </span>
    </div>
  );
}
