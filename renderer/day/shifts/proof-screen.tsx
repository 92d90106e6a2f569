import { type ReactNode, useState } from 'react';
import { addAmounts } from '../../../preload/contract/app/values.ts';
import type { ProofStatus, ShiftProof } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { somethingOf } from '../../kit/format.ts';
import { Tag } from '../../kit/tag.tsx';
import { TicketFace } from '../../kit/ticket-face.tsx';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { useDayTabs } from './day-tabs.ts';
import { type EntryRow, EntryRows } from './entry-rows.tsx';
import { MatchCard } from './match-card.tsx';
import styles from './proof.module.css';
import { isOfPoints, type ProofSum, readProof, statusTone } from './proof-words.ts';
import { useDay } from './use-day.ts';
import { useOpenEntry } from './use-open-entry.ts';
import { VarianceTag } from './variance-tag.tsx';

const c = classNames(card, styles);

interface Props {
  readonly proof: ShiftProof;
}

interface ColumnProps {
  readonly title: string;
  readonly sum: string;
  readonly small: string;
  readonly children: ReactNode;
}

function Column({ title, sum, small, children }: ColumnProps) {
  return (
    <section className={c('column')} aria-label={title}>
      <h2 className={c('name')}>{title}</h2>
      <p className={c('sum')}>{sum}</p>
      <p className={c('small')}>{small}</p>
      {children}
    </section>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={c('line')}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function DrawerColumn({ proof: { drawer } }: Props) {
  const { t, write } = useDay();
  const { expected, counted, variance: off } = drawer;
  const sum = counted ?? expected;
  return (
    <Column
      title={t('shifts.proof.drawer')}
      sum={sum === null ? t('shifts.proof.noDrawer') : write.money(sum)}
      small={t(counted === null ? 'shifts.proof.notCounted' : 'shifts.proof.counted')}
    >
      <dl className={c('lines')}>
        {expected !== null && <Line label={t('shifts.tables.expected')}>{write.money(expected)}</Line>}
        {off !== null && (
          <Line label={t('shifts.tables.variance')}>
            <VarianceTag of={off} />
          </Line>
        )}
      </dl>
    </Column>
  );
}

function JournalColumn({ proof: { journal } }: Props) {
  const { t, write } = useDay();
  const { entries, proven, principal, bonus, notProven } = journal;
  const isWhole = notProven.length === 0 && proven === entries;
  return (
    <Column
      title={t('shifts.proof.journal')}
      sum={write.money(addAmounts(principal, bonus))}
      small={t('shifts.tiles.entries', { count: entries })}
    >
      <dl className={c('lines')}>
        <Line label={t('shifts.proof.paid')}>{write.money(principal)}</Line>
        {somethingOf(bonus) && <Line label={t('shifts.tables.bonus')}>{write.money(bonus)}</Line>}
        <Line label={t('shifts.proof.sealed')}>
          <Tag tone={isWhole ? 'good' : 'bad'}>{t('shifts.proof.ofAll', { proven, entries })}</Tag>
        </Line>
        {notProven.length > 0 && (
          <Line label={t('shifts.proof.notProven')}>{notProven.join(t('app.separator'))}</Line>
        )}
      </dl>
    </Column>
  );
}

interface KybioProps {
  readonly sums: readonly ProofSum[];
  readonly sum: string;
  readonly chosen: ProofStatus | null;
  readonly onChoose: (status: ProofStatus | null) => void;
}

function KybioColumn({ sums, sum, chosen, onChoose }: KybioProps) {
  const { t, write } = useDay();
  return (
    <Column title={t('shifts.proof.kybio')} sum={sum} small={t('shifts.proof.kybioSmall')}>
      <ul className={c('statuses')}>
        {sums.map((one) => (
          <li key={one.status} className={c('status')}>
            <Button
              look="ghost"
              isSelected={one.status === chosen}
              onPress={() => onChoose(one.status === chosen ? null : one.status)}
            >
              <span className={c('dot', statusTone[one.status])} />
              <span className={c('grow')}>{t(`shifts.proof.statuses.${one.status}`)}</span>
              <span className={c('count')}>{one.entries}</span>
              <b>{write.money(one.sum)}</b>
            </Button>
          </li>
        ))}
      </ul>
    </Column>
  );
}

type Row = ShiftProof['rows'][number];

function Rows({ rows, unlisted }: { readonly rows: readonly Row[]; readonly unlisted: number }) {
  const { t, write, tender, moment } = useDay();
  const { open, failure } = useOpenEntry();
  const noteOf = (row: Row): string =>
    [
      t('entry.reference', { reference: row.reference }),
      row.before === null || row.after === null
        ? tender(row.tender)
        : t('entry.beforeAfter', { before: write.money(row.before), after: write.money(row.after) }),
      ...(isOfPoints(row) ? [t('shifts.proof.rowPoints')] : []),
      ...(row.isProven ? [] : [t('shifts.proof.rowNotProven')]),
    ].join(t('app.separator'));
  const shown = rows.map(
    (row): EntryRow => ({
      id: row.id,
      reference: row.reference,
      time: moment(row.atMs),
      name: row.memberName || t('ticket.number', { reference: row.reference }),
      note: noteOf(row),
      sum: write.money(addAmounts(row.principal, row.bonus)),
      more: somethingOf(row.bonus) ? t('shifts.ofItBonus', { sum: write.money(row.bonus) }) : null,
      end: <Tag tone={statusTone[row.status]}>{t(`shifts.proof.short.${row.status}`)}</Tag>,
    }),
  );
  return (
    <section className={c('card')} aria-label={t('shifts.proof.rows')}>
      <h2 className={c('heading')}>{t('shifts.proof.rows')}</h2>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {unlisted > 0 && <p className={c('small')}>{t('shifts.proof.unlisted', { count: unlisted })}</p>}
      {rows.length === 0 && unlisted === 0 && <p>{t('shifts.proof.noRows')}</p>}
      {rows.length > 0 && <EntryRows label={t('shifts.proof.rows')} rows={shown} onOpen={open} />}
    </section>
  );
}

export function ProofScreen({ proof }: Props) {
  const { t, write, moment, till } = useDay();
  const isOpen = useTopic('shift', ({ open }) => open?.number === proof.number);
  const [chosen, choose] = useState<ProofStatus | null>(null);
  const { verdict, look, sums, meeting } = readProof(proof);
  const sum = write.money(addAmounts(meeting.principal, meeting.bonus));
  const rows = chosen === null ? proof.rows : proof.rows.filter(({ status }) => status === chosen);
  const tabs = useDayTabs(isOpen ? 'shift' : 'closed');
  const back = () =>
    view.show({
      kind: 'day',
      part: isOpen ? { kind: 'shift' } : { kind: 'report', number: proof.number, isNew: false },
    });
  return (
    <ScreenFrame
      title={t('shifts.proof.title')}
      lead={t('shifts.proof.lead', { number: proof.number })}
      tabs={tabs}
      actions={<Button onPress={back}>{t('shifts.proof.back')}</Button>}
    >
      <div className={c('witnesses')}>
        <div className={c('columns')}>
          <DrawerColumn proof={proof} />
          <JournalColumn proof={proof} />
          <KybioColumn sums={sums} sum={sum} chosen={chosen} onChoose={choose} />
        </div>
        <section className={c('verdict')} aria-label={t('shifts.proof.verdict')}>
          <TicketFace
            look={look}
            number={t('shifts.ticket.shift', { number: proof.number })}
            stub={[moment(proof.atMs), till.name]}
            title={sum}
            line={t(`shifts.proof.means.${verdict}`)}
            isWhole
            word={t(`shifts.proof.verdicts.${verdict}`)}
          />
        </section>
      </div>
      <MatchCard number={isOpen ? null : proof.number} />
      <Rows rows={rows} unlisted={proof.unlisted} />
    </ScreenFrame>
  );
}
