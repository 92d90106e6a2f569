import type { ShiftDay } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { personWords } from '../../kit/person-words.ts';
import { Tag } from '../../kit/tag.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import day from './day.module.css';
import styles from './match-card.module.css';
import { daysToMatch, resultOf, verdictOf, verdictTone } from './match-words.ts';
import { useDay } from './use-day.ts';

const c = classNames(card, day, styles);

/** Read again when a matching ends, or an entry changes: it may be of another day. */
function useMatches(number: number | null) {
  const newest = useTopic('matching', (matching) =>
    matching === null ? '' : `${matching.startedAtMs} ${matching.state}`,
  );
  const counts = useTopic('counts', (now) => JSON.stringify(now));
  return useQuery(() => bridge.matchingOfShift({ number }), [number, newest, counts]);
}

function DayLine({ of }: { readonly of: ShiftDay }) {
  const { t, day: dayWords, moment } = useDay();
  const verdict = verdictOf(of);
  const { match } = of;
  const saidOf = ({ piles }: NonNullable<ShiftDay['match']>): string => {
    const { matched, all, called } = resultOf(piles);
    if (verdict === 'empty') return t('shifts.match.empty');
    const parts = [
      all === 0 ? null : t('shifts.match.matched', { matched, all }),
      ...called.map(({ pile, count }) => t(`shifts.match.called.${pile}`, { count })),
    ];
    return parts.filter((part) => part !== null).join(t('app.separator'));
  };
  const askedOf = ({ askedAtMs, by }: NonNullable<ShiftDay['match']>): string => {
    const time = moment(askedAtMs);
    return by === null
      ? t('shifts.match.asked', { time })
      : t('shifts.match.askedBy', { time, who: personWords(t, by) });
  };
  return (
    <li className={c('day')}>
      <span className={c('name')}>{dayWords(of.day)}</span>
      <span className={c('result')}>
        {match === null ? t('shifts.match.not') : saidOf(match)}
        {match !== null && <span className={c('quiet')}>{askedOf(match)}</span>}
        {match !== null && !match.isWhole && <span className={c('quiet')}>{t('shifts.match.part')}</span>}
      </span>
      <Tag tone={verdictTone[verdict]}>{t(`shifts.match.verdicts.${verdict}`)}</Tag>
    </li>
  );
}

/** Whether the days of a shift were matched, as of now: beside the report, never in it. */
export function MatchCard({ number }: { readonly number: number | null }) {
  const { t } = useDay();
  const { value, failure } = useMatches(number);
  const days = value?.days ?? [];
  const toMatch = daysToMatch(days);
  return (
    <section className={c('card')} aria-label={t('shifts.match.title')}>
      <h2 className={c('heading')}>{t('shifts.match.title')}</h2>
      <p className={c('hint')}>{t('shifts.match.hint')}</p>
      {value?.isPossible === false && <p className={c('hint')}>{t('shifts.match.impossible')}</p>}
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      <ul className={c('days')}>
        {days.map((one) => (
          <DayLine key={one.day} of={one} />
        ))}
      </ul>
      {value !== null && value.more > 0 && (
        <p className={c('hint')}>{t('shifts.match.more', { count: value.more })}</p>
      )}
      {toMatch !== null && (
        <Answers>
          <Button onPress={() => view.show({ kind: 'matching', days: toMatch })}>
            {t('shifts.match.act')}
          </Button>
        </Answers>
      )}
    </section>
  );
}
