import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { openReview } from '../../shared/open-dialogs.ts';
import { useToReview } from '../../shared/to-review.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './review-region.module.css';

const c = classNames(styles);

function Case({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const { main, more } = write.sums(entry);
  const { storeTime: time, actor, reference } = entry;
  const what = entry.cause === null ? t(`entry.means.${entry.state}`) : t(`causes.${entry.cause}`);
  return (
    <li>
      <Press className={c('case')} onPress={() => openReview(entry.id)}>
        <span className={c('name')}>
          {entry.memberName || t('member.unnamed', { number: entry.memberNumber })}
        </span>
        <span className={c('sum')}>{more === null ? main : `${main} ${more}`}</span>
        <span className={c('line')}>{t('review.line', { time, actor, reference, what })}</span>
      </Press>
    </li>
  );
}

/** Below the list, so that it moves no row when it appears. */
export function ReviewRegion() {
  const { t } = useTranslation();
  const activity = useTopic('activity');
  const doubts = useTopic('doubts');
  const needed = useToReview();
  const review = activity.filter(({ state }) => state === 'review');
  if (needed === 0) return null;
  return (
    <section className={c('region')} aria-label={t('review.title')}>
      <div className={c('head')}>
        <div className={c('words')}>
          <h2 className={c('title')}>{t('review.needs', { count: needed })}</h2>
          <p className={c('lead')}>{t('review.lead', { count: needed })}</p>
        </div>
        <Button onPress={() => openReview(null)}>{t('review.open')}</Button>
      </div>
      <ul className={c('list')}>
        {doubts > 0 && (
          <li>
            <Press className={c('case')} onPress={() => openReview(null)}>
              <span className={c('name')}>{t('review.doubts', { count: doubts })}</span>
            </Press>
          </li>
        )}
        {review.map((entry) => (
          <Case key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}
