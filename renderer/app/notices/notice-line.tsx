import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { personWords } from '../../kit/person-words.ts';
import { Press } from '../../kit/press.tsx';
import unseen from '../../kit/unseen.module.css';
import { useWriter } from '../../kit/use-writer.ts';
import wholeRow from '../../kit/whole-row.module.css';
import { joinSentences, phraseText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { pressNotice } from './notice-acts.ts';
import styles from './notice-line.module.css';
import type { Notice } from './notices.ts';
import { sayNotice, useNotices } from './use-notices.ts';

const c = classNames(wholeRow, unseen, styles);

/** Names of regions that people rely on. */
const regions: Readonly<Record<string, string>> = { review: 'review.title', guide: 'guide.title' };

/** Heard, not seen: the screen of the review shows them. */
function ReviewList() {
  const { t } = useTranslation();
  const till = useTill();
  const { sums } = useWriter(till.currency, till.language);
  const review = useTopic('activity').filter(({ state }) => state === 'review');
  const doubts = useTopic('doubts');
  return (
    <ul className={c('unseen')}>
      {doubts > 0 && <li>{t('review.doubts', { count: doubts })}</li>}
      {review.map((entry) => (
        <li key={entry.id}>
          {entry.memberName || t('member.unnamed', { number: entry.memberNumber })} {sums(entry).main}{' '}
          {t('review.line', {
            time: entry.storeTime,
            actor: personWords(t, entry.actor),
            reference: entry.reference,
            what: entry.cause === null ? t(`entry.means.${entry.state}`) : t(`causes.${entry.cause}`),
          })}
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly notice: Notice;
  /** How many others there are. */
  readonly more: number;
}

/** The whole line is one target, but for the count of the others. */
function Line({ notice, more }: LineProps) {
  const { t } = useTranslation();
  const { kind, tone, lead, title, told, ask } = notice;
  return (
    <section className={c('line', tone)} aria-label={t(regions[kind] ?? 'notices.region')}>
      <div role="status" className={c('words')}>
        <Press className={c('press', 'wholeRow')} onPress={() => pressNotice(notice)}>
          {lead !== undefined && (
            <>
              <b className={c('lead')}>{phraseText(t, lead)}</b>{' '}
            </>
          )}
          {sayNotice(t, title)}
          {/* As much of the rest as there is room for. */}
          {told.length > 0 && (
            <span className={c('told')}>
              {' '}
              {joinSentences(
                t,
                told.map((words) => sayNotice(t, words)),
              )}
            </span>
          )}
          <span className={c('unseen', 'heard')}> {t(ask)}</span>
        </Press>
      </div>
      {more > 0 && (
        <Press className={c('more')} onPress={() => view.open({ kind: 'notices', of: null })}>
          {t('notices.more', { count: more })}
        </Press>
      )}
      <span className={c('ask')} aria-hidden="true">
        {t(ask)}
        <Icon name="open" />
      </span>
      {kind === 'review' && <ReviewList />}
    </section>
  );
}

/** One line above the list; others are a count in it. */
export function NoticeLine() {
  const [first, ...others] = useNotices();
  return first !== undefined && <Line notice={first} more={others.length} />;
}
