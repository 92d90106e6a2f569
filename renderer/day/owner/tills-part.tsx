import { useState } from 'react';
import type { ListedZ, OwnerView, Period, Span, TillsSum } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { isolated } from '../../kit/isolated.ts';
import { LineTable, lineRows } from '../../kit/line-table.tsx';
import { Note } from '../../kit/note.tsx';
import { Press } from '../../kit/press.tsx';
import sumTable from '../../kit/sum-table.module.css';
import { SumTable } from '../../kit/sum-table.tsx';
import { Tag } from '../../kit/tag.tsx';
import { phraseText } from '../../shared/i18n.ts';
import { Ahead } from './ahead.tsx';
import { Conflicts } from './conflicts.tsx';
import { missingWords } from './owner-words.ts';
import { PickedList } from './picked-list.tsx';
import { Removal } from './removal.tsx';
import styles from './tills.module.css';
import type { Owner } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';

const c = classNames(card, sumTable, styles);

const heads = ['reports', 'entries', 'net', 'bonus', 'points', 'variance', 'unsettled'] as const;

interface TableProps {
  readonly period: Period;
  readonly span: Span;
  /** The till whose lines are shown; null: all. */
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

function TillTable({ period, span, chosen, onChoose }: TableProps) {
  const { t, stretch, write, count, told, variance } = useOwnerWords();
  const caption = t('owner.tills.caption', { period: stretch(period, span) });
  const cellsOf = (sums: TillsSum) => {
    const { said, tone } = variance(sums.variance);
    const { entries, principal } = sums.unsettled;
    const open =
      entries === 0 ? (
        <span className={c('quiet')}>{t('owner.allSettled')}</span>
      ) : (
        <Tag tone="warn">{t('owner.open', { ...told(entries), sum: write.money(principal) })}</Tag>
      );
    return [
      count(sums.reports),
      count(sums.entries),
      write.money(sums.net),
      write.money(sums.bonus),
      write.plain(sums.points),
      <Tag key="variance" tone={tone}>
        {said}
      </Tag>,
      open,
    ];
  };
  return (
    <section
      className={c('scroller')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll it where it is too wide.
      tabIndex={0}
      aria-label={caption}
    >
      <SumTable
        caption={caption}
        look={c('tills')}
        first={t('owner.tills.till')}
        heads={heads.map((head) => t(`owner.tills.${head}`))}
        rows={period.tills.map((row) => ({
          key: row.key,
          cells: cellsOf(row),
          name: (
            <Press
              className={c('till')}
              isSelected={row.key === chosen}
              onPress={() => onChoose(row.key === chosen ? null : row.key)}
            >
              {row.till}
            </Press>
          ),
          under: row.isOwn && <span className={c('small')}>{t('owner.tills.own')}</span>,
        }))}
        foot={{ name: t('owner.tills.sum', { count: period.tills.length }), cells: cellsOf(period.sum) }}
      />
    </section>
  );
}

function Tills({ period, span }: Pick<TableProps, 'period' | 'span'>) {
  const { t, write } = useOwnerWords();
  const [chosen, choose] = useState<string | null>(null);
  const till = period.tills.find(({ key }) => key === chosen);
  const { reports, lines } = till ?? period.sum;
  const caption =
    till === undefined ? t('figures.ofTills') : t('figures.ofTill', { till: isolated(till.till) });
  return (
    <>
      <TillTable period={period} span={span} chosen={till?.key ?? null} onChoose={choose} />
      {period.tills.length > 1 && <p className={c('hint')}>{t('owner.tills.choose')}</p>}
      <LineTable lines={lineRows(lines)} caption={caption} write={write} of={reports} />
    </>
  );
}

function Warnings({ period, shown }: { readonly period: Period; readonly shown: OwnerView }) {
  const { t, language, moment } = useOwnerWords();
  return (
    <>
      {period.missing.length > 0 && (
        <Note tone="warn">
          <b>{t('owner.missing.title')}</b>
          <ul className={c('list')}>
            {period.missing.map((missing) => {
              const said = phraseText(t, missingWords(missing, language));
              return <li key={said}>{said}</li>;
            })}
          </ul>
          <p>{t('owner.missing.what')}</p>
        </Note>
      )}
      {period.doubles.map(({ till, number, closedAtMs }) => (
        <Note key={`${till} ${number}`} tone="warn">
          {t('owner.double', {
            till: isolated(till),
            number,
            times: closedAtMs.map(moment).join(t('app.separator')),
          })}
        </Note>
      ))}
      {shown.unread > 0 && <Note tone="warn">{t('owner.unread', { count: shown.unread })}</Note>}
    </>
  );
}

const FIRST_ROWS = 40;

interface ReportsProps {
  readonly reports: readonly ListedZ[];
  readonly onRemove: (report: ListedZ) => void;
}

function Reports({ reports, onRemove }: ReportsProps) {
  const { t, write, day, moment, variance } = useOwnerWords();
  const [rows, setRows] = useState(0);
  if (reports.length === 0) return null;
  if (rows === 0)
    return (
      <Answers>
        <Button onPress={() => setRows(FIRST_ROWS)}>{t('owner.zs.show', { count: reports.length })}</Button>
      </Answers>
    );
  return (
    <>
      <ul className={c('zs')} aria-label={t('owner.zs.title')}>
        {reports.slice(0, rows).map((report) => (
          <li key={report.id} className={c('z')}>
            <span className={c('zDay')}>{day(report.businessDay)}</span>
            <span className={c('zName')}>
              <b>{t('owner.zs.z', { number: report.number, till: isolated(report.till) })}</b>
              <span className={c('small')}>
                {t('owner.zs.closed', { time: moment(report.closedAtMs), who: isolated(report.closedBy) })}
              </span>
            </span>
            <b className={c('zSum')}>{write.money(report.net)}</b>
            <Tag tone={variance(report.variance).tone}>{variance(report.variance).said}</Tag>
            <Removal report={report} onRemove={onRemove} />
          </li>
        ))}
      </ul>
      {reports.length > rows && (
        <Answers>
          <Button onPress={() => setRows(rows + FIRST_ROWS)}>{t('owner.zs.more')}</Button>
        </Answers>
      )}
    </>
  );
}

interface Props {
  readonly owner: Owner;
  readonly shown: OwnerView;
  readonly period: Period;
  readonly span: Span;
}

export function TillsPart({ owner, shown, period, span }: Props) {
  const { t, stretch } = useOwnerWords();
  const isNone = shown.reports.length === 0 && shown.conflicts.length === 0;
  const ofPeriod = shown.reports.filter(
    ({ businessDay }) => period.from <= businessDay && businessDay <= period.to && businessDay <= shown.today,
  );
  const remove = (report: ListedZ) => owner.act({ kind: 'remove', report });
  return (
    <section className={c('card')} aria-label={t('owner.tills.title')}>
      <div className={c('head')}>
        <div>
          <h2 className={c('heading')}>{t('owner.tills.title')}</h2>
          <p className={c('hint')}>{t('owner.tills.hint')}</p>
        </div>
        <Button
          look={isNone ? 'primary' : 'plain'}
          isDisabled={owner.working === 'import'}
          onPress={() => owner.act({ kind: 'import' })}
        >
          {t('owner.acts.import.action')}
        </Button>
      </div>
      {owner.picked !== null && <PickedList picked={owner.picked} />}
      {isNone && <p className={c('begin')}>{t('owner.tills.none')}</p>}
      {!isNone && period.tills.length === 0 && (
        <p className={c('begin')}>{t('owner.tills.noneThen', { period: stretch(period, span) })}</p>
      )}
      {period.tills.length > 0 && <Tills period={period} span={span} />}
      <Conflicts
        conflicts={shown.conflicts}
        onPick={(id, digest) => owner.act({ kind: 'pick', id, digest })}
      />
      <Warnings period={period} shown={shown} />
      <Ahead
        reports={shown.reports.filter(({ businessDay }) => businessDay > shown.today)}
        onRemove={remove}
      />
      <Reports key={period.from + span} reports={ofPeriod} onRemove={remove} />
    </section>
  );
}
