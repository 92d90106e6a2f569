import type { TFunction } from 'i18next';
import { type ReactNode, useMemo } from 'react';
import {
  noSums,
  reportRows,
  rowsOf,
  unlistedChanges,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type { ReportRow, RowOf, ShiftEntry, ShiftReport } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { BarChart } from '../../kit/bar-chart.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { Facts } from '../../kit/facts.tsx';
import { somethingOf } from '../../kit/format.ts';
import { HiddenSum } from '../../kit/hidden-sum.tsx';
import { isolated } from '../../kit/isolated.ts';
import { Note } from '../../kit/note.tsx';
import { personWords } from '../../kit/person-words.ts';
import { StateTag } from '../../kit/tag.tsx';
import { errorText } from '../../shared/i18n.ts';
import styles from './day.module.css';
import { type EntryRow, EntryRows } from './entry-rows.tsx';
import { busyHours, ofShift } from './figures.ts';
import { OpeningNote } from './opening-note.tsx';
import { BeforeTables, CashierTable, CellTable, CountTable, Lines, TenderTable } from './report-tables.tsx';
import { useDay, varianceTone } from './use-day.ts';
import { useOpenEntry } from './use-open-entry.ts';

const c = classNames(card, styles);

interface Props {
  readonly report: ShiftReport;
  readonly rows: readonly ReportRow[];
}

interface TileProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly more: string;
  readonly tone?: string | undefined;
}

function Tile({ label, value, more, tone }: TileProps) {
  return (
    <div className={c('tile', tone)}>
      <dt className={c('label')}>{label}</dt>
      <dd className={c('value')}>{value}</dd>
      <dd className={c('more')}>{more}</dd>
    </div>
  );
}

/** Who did it, and who approved it. */
function doneBy(t: TFunction, actor: string, approvedBy: string | null): string {
  const who = personWords(t, actor);
  return approvedBy === null ? who : t('shifts.cash.approved', { who, by: personWords(t, approvedBy) });
}

const lineOf = (rows: readonly ReportRow[], line: RowOf<'line'>['name']) =>
  rowsOf(rows, 'line').find(({ name }) => name === line)?.sums ?? noSums;

function Tiles({ report, rows }: Props) {
  const { t, write, variance } = useDay();
  const cash = rowsOf(rows, 'tender').find(({ tender }) => tender === 'cash');
  const differs = cash?.variance ?? null;
  const drawer = (): readonly [ReactNode, string] => {
    if (report.drawer === 'elsewhere') return [t('shifts.tiles.elsewhere'), t('shifts.tiles.elsewhereMore')];
    if (differs !== null)
      return [
        variance(differs),
        t('shifts.tiles.countedOf', { sum: write.money(cash?.counted ?? zeroAmount) }),
      ];
    if (cash === undefined || cash.expected === null)
      return [<HiddenSum key="hidden" label="" />, t('shifts.tiles.afterCount')];
    return [write.money(cash.expected), t('shifts.tiles.expected')];
  };
  const [value, more] = drawer();
  const [net = noSums] = rowsOf(rows, 'net');
  const open = lineOf(rows, 'unsettled').entries;
  // A blind report has no entries and no bonus of cash: what it has of both is no sum.
  const hidden = <HiddenSum label="" />;
  return (
    <dl className={c('tiles')}>
      <Tile
        label={t('shifts.tiles.taken')}
        value={write.money(net.principal)}
        more={
          report.isBlind ? t('shifts.tiles.withoutCash') : t('shifts.tiles.entries', { count: net.entries })
        }
      />
      <Tile
        label={t('shifts.tiles.bonus')}
        value={report.isBlind ? hidden : write.money(net.bonus)}
        more={
          report.isBlind
            ? t('shifts.tiles.afterCount')
            : somethingOf(net.points)
              ? write.points(net.points)
              : t('shifts.tiles.noPoints')
        }
      />
      <Tile
        label={t('shifts.tiles.open')}
        value={report.isBlind ? hidden : String(open)}
        more={t(`shifts.tiles.${report.isBlind ? 'afterCount' : open === 0 ? 'allSettled' : 'listed'}`)}
        tone={open > 0 && !report.isBlind ? 'warn' : undefined}
      />
      <Tile
        label={t('shifts.tiles.drawer')}
        value={value}
        more={more}
        tone={differs === null ? undefined : varianceTone(differs)}
      />
    </dl>
  );
}

function HourChart({ rows }: Pick<Props, 'rows'>) {
  const { t, write } = useDay();
  const bars = useMemo(
    () =>
      busyHours(rowsOf(rows, 'hour')).map(({ hour, entries, principal }, at) => ({
        key: `${at}`,
        label: `${String(hour).padStart(2, '0')}:00`,
        value: principal,
        said: write.money(principal),
        more: t('shifts.tiles.entries', { count: entries }),
      })),
    [rows, write, t],
  );
  if (bars.length === 0) return null;
  return (
    <section className={c('card')} aria-label={t('shifts.chart.title')}>
      <BarChart
        title={t('shifts.chart.title')}
        heads={[t('shifts.chart.hour'), t('shifts.chart.taken'), t('shifts.chart.entries')]}
        bars={bars}
        say={write.plain}
      />
    </section>
  );
}

/** How expected cash is computed, and the cash moves. */
function CashCard({ rows }: Pick<Props, 'rows'>) {
  const { t, write, moment } = useDay();
  const lines = rowsOf(rows, 'cash');
  const moves = rowsOf(rows, 'move');
  if (lines.length === 0 && moves.length === 0) return null;
  return (
    <section className={c('card')} aria-label={t('shifts.cash.title')}>
      <h2 className={c('heading')}>{t('shifts.cash.title')}</h2>
      {lines.length > 0 && (
        <dl className={c('adding')}>
          {lines.map(({ name, amount }) => (
            <div key={name} className={c('addend', name === 'expected' && 'total')}>
              <dt>{t(`shifts.cash.lines.${name}`)}</dt>
              <dd>{write.money(amount)}</dd>
            </div>
          ))}
        </dl>
      )}
      {moves.length > 0 && (
        <ul className={c('moves')} aria-label={t('shifts.cash.moves')}>
          {moves.map((move) => (
            <li key={move.id} className={c('move')}>
              <span>{moment(move.atMs)}</span>
              <span className={c('grow')}>
                {t(`shifts.cash.kinds.${move.kind}`, { reason: isolated(move.reason) })}
                <span className={c('small')}>{doneBy(t, move.who, move.approvedBy)}</span>
              </span>
              <b>{write.money(move.amount)}</b>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function EntryLists({ rows }: Pick<Props, 'rows'>) {
  const { t, write, tender, moment } = useDay();
  const { open, failure } = useOpenEntry();
  const lateNote = ({ shift, was, reference, settledAtMs }: RowOf<'late'>) =>
    t('shifts.lists.lateNote', {
      shift: ofShift(t, shift),
      was: t(`states.${was}`),
      reference,
      time: settledAtMs === null ? t('shifts.notTold') : moment(settledAtMs),
    });
  const takenUpNote = ({ reference, original }: RowOf<'taken-up'>) =>
    t('shifts.lists.takenUpNote', { reference, original: original.reference, till: original.till });
  const paperNote = ({ reference, cashier: actor, by }: RowOf<'after-paper'>) => {
    const cashier = personWords(t, actor);
    return by === null
      ? t('shifts.lists.afterPaperRefused', { reference, cashier })
      : t('shifts.lists.afterPaperNote', { reference, cashier, by: personWords(t, by) });
  };
  const rowOf = (entry: ShiftEntry): EntryRow => ({
    id: entry.id,
    reference: entry.reference,
    time: moment(entry.atMs),
    name: entry.memberName || t('ticket.number', { reference: entry.reference }),
    note: [
      t('entry.reference', { reference: entry.reference }),
      personWords(t, entry.cashier),
      tender(entry.tender),
    ].join(t('app.separator')),
    sum: write.money(entry.principal),
    more: somethingOf(entry.bonus) ? t('shifts.plusBonus', { sum: write.money(entry.bonus) }) : null,
    end: <StateTag entry={{ state: entry.state, takenBack: null }} />,
  });
  const lists: readonly (readonly [string, readonly EntryRow[]])[] = [
    ['unsettled', rowsOf(rows, 'unsettled').map(rowOf)],
    ['afterPaper', rowsOf(rows, 'after-paper').map((row) => ({ ...rowOf(row), note: paperNote(row) }))],
    ['late', rowsOf(rows, 'late').map((row) => ({ ...rowOf(row), note: lateNote(row) }))],
    ['takenUp', rowsOf(rows, 'taken-up').map((row) => ({ ...rowOf(row), note: takenUpNote(row) }))],
  ];
  return (
    <>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {lists.map(
        ([list, entries]) =>
          entries.length > 0 && (
            <section key={list} className={c('card')} aria-label={t(`shifts.lists.${list}`)}>
              <h2 className={c('heading')}>{t(`shifts.lists.${list}`)}</h2>
              <p className={c('hint')}>{t(`shifts.lists.${list}Hint`)}</p>
              <EntryRows label={t(`shifts.lists.${list}`)} rows={entries} onOpen={open} />
            </section>
          ),
      )}
    </>
  );
}

function TenderChanges({ report, rows }: Props) {
  const { t, write, tender, moment } = useDay();
  const { open, failure } = useOpenEntry();
  const { tenderChanges } = report;
  const changes = rowsOf(rows, 'tender-changed');
  const title = t('paidOtherwise.list');
  if (tenderChanges.count === 0) return null;
  const missing = unlistedChanges(tenderChanges);
  const rest = report.isBlind ? 'paidOtherwise.afterCount' : 'paidOtherwise.notListed';
  const rowOf = (change: RowOf<'tender-changed'>): EntryRow => ({
    id: change.id,
    reference: change.reference,
    time: moment(change.atMs),
    name: t('paidOtherwise.row', { was: tender(change.name), now: tender(change.tender) }),
    note: [
      t('entry.reference', { reference: change.reference }),
      doneBy(t, change.cashier, change.approvedBy),
      ...(change.times === 1 ? [] : [t('paidOtherwise.times', { count: change.times })]),
    ].join(t('app.separator')),
    sum: write.money(change.principal),
    more: null,
    end: null,
  });
  return (
    <section className={c('card')} aria-label={title}>
      <h2 className={c('heading')}>{title}</h2>
      <p className={c('hint')}>{t('paidOtherwise.listHint')}</p>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {changes.length > 0 && <EntryRows label={title} rows={changes.map(rowOf)} onOpen={open} />}
      {missing > 0 && <p className={c('hint')}>{t(rest, { count: missing })}</p>}
    </section>
  );
}

function ShiftFacts({ report, rows }: Props) {
  const { t, till, moment, day } = useDay();
  const facts: readonly (readonly [string, string | null])[] = [
    ['till', report.till === till.name ? null : report.till],
    ['day', day(report.businessDay)],
    [
      'opened',
      t('shifts.facts.by', { time: moment(report.openedAtMs), who: personWords(t, report.openedBy) }),
    ],
    [
      'closed',
      report.closedAtMs === null
        ? null
        : t('shifts.facts.by', {
            time: moment(report.closedAtMs),
            who: personWords(t, report.closedBy ?? ''),
          }),
    ],
    ['approved', report.approvedBy === null ? null : personWords(t, report.approvedBy)],
    ['reason', report.reason],
    [
      'arrived',
      rowsOf(rows, 'arrived')
        .map(({ name, entries }) => t(`shifts.facts.arrivedBy.${name}`, { number: entries }))
        .join(t('app.separator')),
    ],
    ['reckoned', moment(report.atMs)],
  ];
  return (
    <section className={c('card')} aria-label={t('shifts.facts.title')}>
      <h2 className={c('heading')}>{t('shifts.facts.title')}</h2>
      <Facts
        facts={facts.flatMap(([key, value]) =>
          value === null || value === '' ? [] : [[t(`shifts.facts.${key}`), value] as const],
        )}
      />
    </section>
  );
}

/** What happened to the records, which explains the figures. */
function ReportNotes({ report, rows }: Props) {
  const { t, moment, write } = useDay();
  const { clockBack, restoredAtMs, isFromCopy, unlisted } = report;
  const uncounted = lineOf(rows, 'uncounted');
  const notes = [
    clockBack === null
      ? null
      : t('shifts.clockBack', { before: moment(clockBack.beforeMs), now: moment(clockBack.nowMs) }),
    restoredAtMs.length === 0
      ? null
      : t('shifts.restored', { times: restoredAtMs.map(moment).join(t('app.separator')) }),
    isFromCopy ? t('shifts.fromCopy') : null,
    unlisted === 0 ? null : t('shifts.unlisted', { count: unlisted }),
    uncounted.entries === 0 ? null : t('shifts.opening.elsewhere', { sum: write.money(uncounted.principal) }),
  ];
  return notes.map(
    (note) =>
      note !== null && (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ),
  );
}

export function ReportView({ report }: Pick<Props, 'report'>) {
  const { t } = useDay();
  const rows = useMemo(() => reportRows(report), [report]);
  return (
    <>
      <ReportNotes report={report} rows={rows} />
      {report.opening !== undefined && report.drawer === 'own' && (
        <OpeningNote opening={report.opening} float={report.float} openedBy={report.openedBy} />
      )}
      <Tiles report={report} rows={rows} />
      <HourChart rows={rows} />
      <div className={c('pair')}>
        <CashCard rows={rows} />
        <section className={c('card')} aria-label={t('shifts.tables.title')}>
          <CountTable tenders={rowsOf(rows, 'tender')} />
          <TenderTable rows={rows} />
          <Lines rows={rows} isBlind={report.isBlind} />
        </section>
      </div>
      {report.before !== undefined && (
        <section className={c('card')} aria-label={t('shifts.before.title')}>
          <h2 className={c('heading')}>{t('shifts.before.title')}</h2>
          <p className={c('hint')}>{t('shifts.before.hint')}</p>
          {report.isBlind && <p className={c('hint')}>{t('shifts.tiles.withoutCash')}</p>}
          <BeforeTables before={report.before} />
        </section>
      )}
      <EntryLists rows={rows} />
      <TenderChanges report={report} rows={rows} />
      {report.cells.length > 0 && (
        <section className={c('card')} aria-label={t('shifts.tables.people')}>
          {report.isBlind && <p className={c('hint')}>{t('shifts.tiles.withoutCash')}</p>}
          <CashierTable rows={rows} />
          <CellTable rows={rows} />
        </section>
      )}
      <ShiftFacts report={report} rows={rows} />
    </>
  );
}
