import { useTranslation } from 'react-i18next';
import { useHeldAbove } from '../../counter/activity/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { memberNameOf } from '../../kit/member-name.ts';
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
  return (
    <ul className={c('unseen')}>
      {review.map((entry) => (
        <li key={entry.id}>
          {memberNameOf(t, entry)} {sums(entry).main}{' '}
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
  /** Lies over the head of the list. */
  readonly isOver: boolean;
}

/** What the line says, and as much of the rest as there is room for. */
function Said({ notice: { lead, title, told } }: Pick<LineProps, 'notice'>) {
  const { t } = useTranslation();
  return (
    <span className={c('said')}>
      {lead !== undefined && (
        <>
          <b className={c('lead')}>{phraseText(t, lead)}</b>{' '}
        </>
      )}
      {sayNotice(t, title)}
      {told.length > 0 && (
        <span className={c('told')}>
          {' '}
          {joinSentences(
            t,
            told.map((words) => sayNotice(t, words)),
          )}
        </span>
      )}
    </span>
  );
}

/** The whole line is one target, but for the count of the others; a step is only read, and its end has a button. */
function Line({ notice, more, isOver }: LineProps) {
  const { t } = useTranslation();
  const { kind, tone, lead, ask } = notice;
  const isStep = lead !== undefined;
  const press = () => pressNotice(notice);
  return (
    <section className={c('line', tone, isOver && 'over')} aria-label={t(regions[kind] ?? 'notices.region')}>
      <div role="status" className={c('words')}>
        {isStep ? (
          <Said notice={notice} />
        ) : (
          <Press className={c('press', 'wholeRow')} onPress={press}>
            <Said notice={notice} />
            <span className={c('unseen', 'heard')}> {t(ask)}</span>
          </Press>
        )}
      </div>
      {more > 0 && (
        <Press className={c('more')} onPress={() => view.open({ kind: 'notices', of: null })}>
          {t('notices.more', { count: more })}
        </Press>
      )}
      {isStep ? (
        <Press className={c('ask', 'act')} onPress={press}>
          {t(ask)}
        </Press>
      ) : (
        <span className={c('ask')} aria-hidden="true">
          {t(ask)}
          <Icon name="open" />
        </span>
      )}
      {kind === 'review' && <ReviewList />}
    </section>
  );
}

/** One line above the list, whose rows it does not move while one is open; others are a count in it. */
export function NoticeLine() {
  const [first, ...others] = useNotices();
  const hasRoom = useHeldAbove(first !== undefined);
  if (first === undefined) return hasRoom && <div className={c('room')} />;
  return <Line notice={first} more={others.length} isOver={!hasRoom} />;
}
