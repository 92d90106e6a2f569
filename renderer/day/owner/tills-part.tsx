import { useState } from 'react';
import {
  addAmounts,
  isZeroAmount,
  noSums,
  sumOfTills,
  tillRows,
} from '../../../preload/contract/app/values.ts';
import type {
  CellSums,
  ListedZ,
  OwnerView,
  Period,
  ShownTill,
  Span,
} from '../../../preload/contract/index.ts';
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
import { useTopic } from '../../shared/topics.ts';
import { Ahead } from './ahead.tsx';
import { Conflicts } from './conflicts.tsx';
import { missingWords } from './owner-words.ts';
import { PickedList } from './picked-list.tsx';
import styles from './tills.module.css';
import type { Owner } from './use-owner.ts';
import { useOwnerWords } from './use-owner-words.ts';
import { VarianceCell } from './variance-cell.tsx';
import { ZsList } from './zs-list.tsx';

const c = classNames(card, sumTable, styles);

const heads = ['lastZ', 'unsettled', 'bonus', 'variance', 'net'] as const;

interface TableProps {
  readonly period: Period;
  readonly span: Span;
  /** The till whose figures are shown; null: all. */
  readonly chosen: string | null;
  readonly onChoose: (key: string | null) => void;
}

type Known = NonNullable<ShownTill['known']>;

function useCells() {
  const { t, write, told, moment } = useOwnerWords();
  const quiet = (said: string) => <span className={c('quiet')}>{said}</span>;
  const unsettled = ({ entries, principal }: Pick<CellSums, 'entries' | 'principal'>) =>
    entries === 0 ? (
      quiet(t('owner.allSettled'))
    ) : (
      <Tag tone="warn">{t('owner.open', { ...told(entries), sum: write.money(principal) })}</Tag>
    );
  const lastZ = ({ lastZ: last, open, known }: ShownTill) => {
    const said =
      last === null
        ? t('owner.tills.noZ')
        : t('owner.tills.lastZOf', { number: last.number, time: moment(last.closedAtMs) });
    const more = open !== null && t('owner.tills.openSum', { sum: write.money(open.net) });
    return (
      <span className={c(known === null ? 'late' : last === null && 'quiet')}>
        {said}
        {more !== false && <span className={c('small')}>{more}</span>}
      </span>
    );
  };
  const taken = ({ taken: sum, before }: Known) => (
    <span key="net">
      <b>{write.money(sum)}</b>
      {!isZeroAmount(before) && (
        <span className={c('small')}>{t('owner.tills.before', { sum: write.money(before) })}</span>
      )}
    </span>
  );
  return {
    ofTill: (row: ShownTill) => {
      const { known } = row;
      const unknown = quiet(t('owner.tills.unknown'));
      if (known === null) return [lastZ(row), unknown, unknown, unknown, unknown];
      return [
        lastZ(row),
        unsettled(known.unsettled),
        write.money(known.bonus),
        <VarianceCell key="variance" variance={known.variance} isOpen={known.reports === 0} />,
        taken(known),
      ];
    },
    ofAll: (period: Period, rows: readonly ShownTill[]) => {
      const all = sumOfTills(period);
      const closed = rows.filter(({ known }) => known !== null && known.reports > 0).length;
      return [
        t('owner.tills.closedOf', { some: closed, all: rows.length }),
        unsettled(all.unsettled),
        write.money(all.bonus),
        <VarianceCell key="variance" variance={all.variance} isOpen={closed === 0} />,
        write.money(all.taken),
      ];
    },
  };
}

function TillTable({ period, span, chosen, onChoose }: TableProps) {
  const { t, stretch, till } = useOwnerWords();
  const { ofTill, ofAll } = useCells();
  const rows = tillRows(period, till);
  const caption = t('owner.tills.caption', { period: stretch(period, span) });
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
        rows={rows.map((row) => ({
          key: row.key,
          cells: ofTill(row),
          name:
            row.known === null ? (
              row.till
            ) : (
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
        foot={{ name: t('owner.tills.sum', { count: rows.length }), cells: ofAll(period, rows) }}
      />
    </section>
  );
}

/** The lines of a till's reports, or of all. */
function Lines({ period, chosen }: { readonly period: Period; readonly chosen: ShownTill | null }) {
  const { t, write } = useOwnerWords();
  const of = chosen === null ? period.sum : period.tills.find(({ key }) => key === chosen.key);
  const caption =
    chosen === null ? t('figures.ofTills') : t('figures.ofTill', { till: isolated(chosen.till) });
  if (of === undefined || of.reports === 0) return null;
  const { before = noSums } = of.lines;
  const open = chosen === null ? period.open : chosen.open;
  const more = open ?? noSums;
  return (
    <LineTable
      lines={lineRows(of.lines)}
      caption={caption}
      write={write}
      beside={
        open && {
          name: t('owner.tills.inNoZ'),
          entries: open.entries,
          principal: open.net,
          bonus: open.bonus,
          points: null,
        }
      }
      total={{
        name: t('figures.net'),
        entries: of.entries + before.entries + more.entries,
        principal: chosen?.known?.taken ?? sumOfTills(period).taken,
        bonus: addAmounts(of.bonus, before.bonus, more.bonus),
        points: open === null ? addAmounts(of.points, before.points) : null,
      }}
    />
  );
}

function Warnings({ period, shown }: { readonly period: Period; readonly shown: OwnerView }) {
  const { t, language, moment } = useOwnerWords();
  const isChainsOwner = useTopic('chain', (chain) => chain?.isOwner ?? false);
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
            {period.missingBeyond > 0 && (
              <li>{t('owner.missing.beyond', { count: period.missingBeyond })}</li>
            )}
          </ul>
          <p>{t(isChainsOwner ? 'owner.missing.whatOfChain' : 'owner.missing.what')}</p>
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

interface Props {
  readonly owner: Owner;
  readonly shown: OwnerView;
  readonly period: Period;
  readonly span: Span;
}

/** What a table of tills needs a person to do. */
function Mending({ owner, shown, period, span }: Props) {
  const ofPeriod = shown.reports.filter(
    ({ businessDay }) => period.from <= businessDay && businessDay <= period.to && businessDay <= shown.today,
  );
  const remove = (report: ListedZ) => owner.act({ kind: 'remove', report });
  return (
    <>
      <Conflicts
        conflicts={shown.conflicts}
        onPick={(id, digest) => owner.act({ kind: 'pick', id, digest })}
      />
      <Warnings period={period} shown={shown} />
      <Ahead
        reports={shown.reports.filter(({ businessDay }) => businessDay > shown.today)}
        onRemove={remove}
      />
      <ZsList key={period.from + span} reports={ofPeriod} onRemove={remove} />
    </>
  );
}

export function TillsPart(props: Props) {
  const { owner, shown, period, span } = props;
  const { t, stretch, till } = useOwnerWords();
  const [chosen, choose] = useState<string | null>(null);
  const isNone = shown.reports.length === 0 && shown.conflicts.length === 0;
  const rows = tillRows(period, till);
  const row = rows.find(({ key }) => key === chosen) ?? null;
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
      {rows.length === 0 && !isNone && (
        <p className={c('begin')}>{t('owner.tills.noneThen', { period: stretch(period, span) })}</p>
      )}
      {rows.length > 0 && (
        <>
          <TillTable period={period} span={span} chosen={row?.key ?? null} onChoose={choose} />
          <p className={c('hint')}>{t('owner.tills.choose')}</p>
          <Lines period={period} chosen={row} />
        </>
      )}
      <Mending {...props} />
    </section>
  );
}
