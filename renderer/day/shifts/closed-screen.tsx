import { useEffect, useRef, useState } from 'react';
import type { AppError, ChannelReply } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { personWords } from '../../kit/person-words.ts';
import { Tag } from '../../kit/tag.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './day.module.css';
import { useDayTabs } from './day-tabs.ts';
import { DayRows } from './entry-rows.tsx';
import { useDay } from './use-day.ts';
import { VarianceTag } from './variance-tag.tsx';

const c = classNames(card, styles);

type Summary = ChannelReply<'shifts:closed'>['reports'][number];

/** The closed shifts, page by page; starts over after another close. */
function useClosed() {
  const lastClosed = useTopic('shift', (shift) => shift.lastClosed);
  const [list, setList] = useState<readonly Summary[] | null>(null);
  const [unread, setUnread] = useState<readonly number[]>([]);
  const [isMore, setMore] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const turn = useRef(0);
  const read = async (
    before: number | null,
    known: readonly Summary[],
    knownUnread: readonly number[],
  ): Promise<void> => {
    turn.current += 1;
    const own = turn.current;
    const reply = await bridge.shiftsClosed({ before });
    if (own !== turn.current) return;
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setList([...known, ...reply.value.reports]);
    setUnread([...knownUnread, ...reply.value.unread]);
    setMore(reply.value.isMore);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of `lastClosed` starts again.
  useEffect(() => void read(null, [], []), [lastClosed]);
  const more = () => {
    const numbers = [...(list ?? []).map(({ number }) => number), ...unread];
    void read(numbers.length === 0 ? null : Math.min(...numbers), list ?? [], unread);
  };
  return { list, unread, isMore, failure, more };
}

export function ClosedScreen() {
  const { t, write, day, moment } = useDay();
  const rowOf = ({ number, ...shift }: Summary) => ({
    id: String(number),
    number,
    time: day(shift.businessDay),
    name: t('shifts.closed.shift', { number }),
    note: t('shifts.closed.span', {
      from: moment(shift.openedAtMs),
      to: moment(shift.closedAtMs),
      who: personWords(t, shift.closedBy),
    }),
    sum: write.money(shift.taken),
    more: t('shifts.tiles.entries', { count: shift.entries }),
    end:
      shift.variance === null ? (
        <Tag tone="neutral">{t('shifts.closed.notCounted')}</Tag>
      ) : (
        <VarianceTag of={shift.variance} />
      ),
  });
  const { list, unread, isMore, failure, more } = useClosed();
  const tabs = useDayTabs('closed');
  return (
    <ScreenFrame title={t('shifts.closed.title')} lead={t('shifts.closed.lead')} tabs={tabs}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {list === null && failure === null && <p>{t('shifts.loading')}</p>}
      {unread.length > 0 && (
        <ErrorNote>
          {errorText(t, { code: 'shift-unreadable', details: { numbers: unread.join(', ') } })}
        </ErrorNote>
      )}
      {list?.length === 0 && unread.length === 0 && <p className={c('empty')}>{t('shifts.closed.none')}</p>}
      {list !== null && list.length > 0 && (
        <section className={c('card')} aria-label={t('shifts.closed.title')}>
          <DayRows
            label={t('shifts.closed.title')}
            rows={list.map(rowOf)}
            headOf={(column) => t(`shifts.closed.columns.${column}`)}
            onOpen={({ number }) =>
              view.show({ kind: 'day', part: { kind: 'report', number, isNew: false } })
            }
            isDialog={false}
          />
        </section>
      )}
      {isMore && (
        <Answers>
          <Button onPress={more}>{t('shifts.closed.more')}</Button>
        </Answers>
      )}
    </ScreenFrame>
  );
}
