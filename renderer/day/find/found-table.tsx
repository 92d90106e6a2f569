import { type KeyboardEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, Till } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { correctsWords, isStruck, partPhrase } from '../../kit/entry-words.ts';
import { somethingOf } from '../../kit/format.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import { personWords } from '../../kit/person-words.ts';
import rows from '../../kit/rows-table.module.css';
import { RowButton, RowsTable } from '../../kit/rows-table.tsx';
import { StateTag } from '../../kit/tag.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { phraseText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './found-table.module.css';
import { momentOf } from './words.ts';

const c = classNames(rows, styles);

interface CellsProps {
  readonly entry: Entry;
  readonly till: Till;
  readonly write: SumWriter;
  readonly today: string;
  /** False on a member's page, where all rows are the member's. */
  readonly isNamed: boolean;
}

const Cells = memo(function Cells({ entry, till, write, today, isNamed }: CellsProps) {
  const { t } = useTranslation();
  const { day, time } = momentOf(entry, till, today);
  const { terms, pointIncrement } = entry;
  const struck = isStruck(entry) && 'struck';
  const name = memberNameOf(t, entry);
  const { main } = write.sums(entry);
  const bonus = terms.bonus !== null && somethingOf(terms.bonus) ? write.money(terms.bonus) : '';
  const points =
    somethingOf(pointIncrement) && somethingOf(entry.balanceIncrement) ? write.points(pointIncrement) : '';
  const tender = terms.tender === null ? '' : tenderWords(t, terms.tender);
  const part = partPhrase(entry, write);
  const notes = [...correctsWords(entry), ...(part === null ? [] : [part])].map((one) => phraseText(t, one));
  const open = () => view.open({ kind: 'details', entry });
  return (
    <>
      <td className={c('cell', 'when')}>
        <span className={c('day')}>{day}</span> <span>{time}</span>
      </td>
      <td className={c('cell', 'reference')}>{entry.reference}</td>
      <td className={c('cell', 'who')}>
        <RowButton onOpen={open}>
          <span className={c('member', struck)}>
            {isNamed ? name : t('entry.title', { reference: entry.reference })}
          </span>
          {notes.map((note) => (
            <span key={note} className={c('note')}>
              {note}
            </span>
          ))}
        </RowButton>
        <span className={c('folded')}>
          {[tender, personWords(t, entry.actor)].filter(Boolean).map((part) => (
            <bdi key={part}>{part}</bdi>
          ))}
        </span>
      </td>
      <td className={c('cell', 'sum')}>
        <b className={c(struck)}>{main}</b>
        <span className={c('folded')}>
          {bonus !== '' && <span>{t('find.bonusOf', { sum: bonus })}</span>}
          {points !== '' && <span>{points}</span>}
        </span>
      </td>
      <td className={c('cell', 'number', 'wide')}>{bonus}</td>
      <td className={c('cell', 'number', 'wide')}>{points}</td>
      <td className={c('cell', 'wide')}>{tender}</td>
      <td className={c('cell', 'wide')}>
        <bdi>{personWords(t, entry.actor)}</bdi>
      </td>
      <td className={c('cell', 'state')}>
        <StateTag entry={entry} />
      </td>
    </>
  );
});

const columns = [
  ['when', 'when'],
  ['reference', 'reference'],
  ['member', 'who'],
  ['sum', 'sum'],
  ['bonus', 'number wide'],
  ['points', 'number wide'],
  ['tender', 'wide'],
  ['cashier', 'wide'],
  ['state', 'state'],
] as const;

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** False where the row is not rendered. */
export function focusRow(index: number): boolean {
  const row = document.querySelector<HTMLElement>(`[data-row="${index}"] button`);
  if (row === null) return false;
  row.focus({ preventScroll: true });
  row.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return true;
}

interface Props {
  readonly entries: readonly Entry[];
  readonly isNamed?: boolean;
  /** Rows near the end are rendered. */
  readonly onEnd: () => void;
  /** Up from the first row. */
  readonly onTop?: () => void;
}

export function FoundTable({ entries, isNamed = true, onEnd, onTop }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const today = useTopic('shift', (shift) => shift.today);
  const write = useWriter(till.currency, till.language);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (step === undefined || row === null) return;
    event.preventDefault();
    const index = Number(row.dataset['row']) + step;
    if (index < 0) onTop?.();
    else focusRow(index);
  };
  return (
    <RowsTable
      label={t('find.table')}
      look={c('found', !isNamed && 'unnamed')}
      columns={columns.map(([name, look]) => ({
        key: name,
        name: t(`find.columns.${name === 'member' && !isNamed ? 'entry' : name}`),
        look: c('head', ...look.split(' ')),
      }))}
      rows={entries}
      cellsOf={(entry) => <Cells {...{ entry, till, write, today, isNamed }} />}
      onEnd={onEnd}
      onKeyDown={onKeyDown}
    />
  );
}
