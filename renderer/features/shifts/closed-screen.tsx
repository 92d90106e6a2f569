import { useEffect, useRef, useState } from 'react';
import type { AppError, ChannelReply } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { Tag } from '../../kit/tag.tsx';
import unseen from '../../kit/unseen.module.css';
import wholeRow from '../../kit/whole-row.module.css';
import { till as bridge } from '../../shared/bridge.ts';
import { sayError } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { ScreenFrame } from '../frame/index.ts';
import styles from './day.module.css';
import { DayTabs } from './day-tabs.tsx';
import rows from './entry-rows.module.css';
import { useDay } from './use-day.ts';
import { VarianceTag } from './variance-tag.tsx';

const c = classNames(unseen, wholeRow, card, rows, styles);

type Summary = ChannelReply<'shifts:closed'>['reports'][number];

/** The closed shifts, a page at a time; begun anew when another was closed. */
function useClosed() {
  const lastClosed = useTopic('shift', (shift) => shift.lastClosed);
  const [list, setList] = useState<readonly Summary[] | null>(null);
  const [isMore, setMore] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const turn = useRef(0);
  const read = async (before: number | null, known: readonly Summary[]): Promise<void> => {
    turn.current += 1;
    const own = turn.current;
    const reply = await bridge.shiftsClosed({ before });
    if (own !== turn.current) return;
    setFailure(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setList([...known, ...reply.value.reports]);
    setMore(reply.value.isMore);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `lastClosed` says when to begin anew.
  useEffect(() => void read(null, []), [lastClosed]);
  return { list, isMore, failure, more: () => void read(list?.at(-1)?.number ?? null, list ?? []) };
}

function ClosedRow({ shift }: { readonly shift: Summary }) {
  const { t, write, day, moment } = useDay();
  const { number, businessDay, openedAtMs, closedAtMs, closedBy, entries, taken } = shift;
  return (
    <tr className={c('row')}>
      <td className={c('cell', 'time')}>{day(businessDay)}</td>
      <td className={c('cell')}>
        <Press
          className={c('name', 'wholeRow')}
          onPress={() => view.show({ kind: 'day', part: { kind: 'report', number, isNew: false } })}
        >
          <span className={c('member')}>{t('shifts.closed.shift', { number })}</span>
          <span className={c('note')}>
            {t('shifts.closed.span', { from: moment(openedAtMs), to: moment(closedAtMs), who: closedBy })}
          </span>
        </Press>
      </td>
      <td className={c('cell', 'sum')}>
        <b>{write.money(taken)}</b>
        <span className={c('small')}>{t('shifts.tiles.entries', { count: entries })}</span>
      </td>
      <td className={c('cell', 'state')}>
        {shift.variance === null ? (
          <Tag tone="neutral">{t('shifts.closed.notCounted')}</Tag>
        ) : (
          <VarianceTag of={shift.variance} />
        )}
      </td>
    </tr>
  );
}

const columns = ['time', 'who', 'sum', 'state'] as const;

/** All closed shifts, the newest first. */
export function ClosedScreen() {
  const { t } = useDay();
  const { list, isMore, failure, more } = useClosed();
  return (
    <ScreenFrame title={t('shifts.closed.title')} lead={t('shifts.closed.lead')}>
      <DayTabs at="closed" />
      {failure !== null && <ErrorNote>{sayError(t, failure)}</ErrorNote>}
      {list === null && failure === null && <p>{t('shifts.loading')}</p>}
      {list?.length === 0 && <p className={c('empty')}>{t('shifts.closed.none')}</p>}
      {list !== null && list.length > 0 && (
        <section className={c('card')} aria-label={t('shifts.closed.title')}>
          <table className={c('table')} aria-label={t('shifts.closed.title')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col" className={c('column', column)}>
                    <span className={c('unseen')}>{t(`shifts.closed.columns.${column}`)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {list.map((shift) => (
                <ClosedRow key={shift.number} shift={shift} />
              ))}
            </tbody>
          </table>
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
