import { type KeyboardEvent, memo, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry, Till } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { correctsWords, isStruck, partPhrase } from '../../kit/entry-words.ts';
import { somethingOf } from '../../kit/format.ts';
import { Press } from '../../kit/press.tsx';
import { StateTag } from '../../kit/tag.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import unseen from '../../kit/unseen.module.css';
import { useRowsInView } from '../../kit/use-rows-in-view.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import wholeRow from '../../kit/whole-row.module.css';
import { sayPhrase } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './found-table.module.css';
import { momentOf } from './words.ts';

const c = classNames(unseen, wholeRow, styles);

interface CellsProps {
  readonly entry: Entry;
  readonly till: Till;
  readonly write: SumWriter;
  readonly today: string;
  /** On a member's page each row is theirs. */
  readonly isNamed: boolean;
}

const Cells = memo(function Cells({ entry, till, write, today, isNamed }: CellsProps) {
  const { t } = useTranslation();
  const { day, time } = momentOf(entry, till, today);
  const { terms, pointIncrement } = entry;
  const struck = isStruck(entry) && 'struck';
  const name = entry.memberName || t('member.unnamed', { number: entry.memberNumber });
  const { main } = write.sums(entry);
  const bonus = terms.bonus !== null && somethingOf(terms.bonus) ? write.money(terms.bonus) : '';
  const points =
    somethingOf(pointIncrement) && somethingOf(entry.balanceIncrement) ? write.points(pointIncrement) : '';
  const tender = terms.tender === null ? '' : tenderWords(t, terms.tender);
  const part = partPhrase(entry, write);
  const notes = [...correctsWords(entry), ...(part === null ? [] : [part])].map((one) => sayPhrase(t, one));
  const open = () => view.open({ kind: 'details', entry });
  return (
    <>
      <td className={c('cell', 'when')}>
        <span className={c('day')}>{day}</span> <span>{time}</span>
      </td>
      <td className={c('cell', 'reference')}>{entry.reference}</td>
      <td className={c('cell', 'who')}>
        <Press className={c('name', 'wholeRow')} aria-haspopup="dialog" onPress={open}>
          <span className={c('member', struck)}>
            {isNamed ? name : t('entry.title', { reference: entry.reference })}
          </span>
          {notes.map((note) => (
            <span key={note} className={c('note')}>
              {note}
            </span>
          ))}
        </Press>
        <span className={c('folded')}>
          {[tender, entry.actor].filter(Boolean).map((part) => (
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
        <bdi>{entry.actor}</bdi>
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

/** Goes to a row that is drawn; false where it is not. */
export function focusRow(index: number): boolean {
  const row = document.querySelector<HTMLElement>(`[data-found][data-row="${index}"] button`);
  if (row === null) return false;
  row.focus({ preventScroll: true });
  row.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return true;
}

interface Props {
  readonly entries: readonly Entry[];
  readonly isNamed?: boolean;
  /** Rows near the end are drawn. */
  readonly onEnd: () => void;
  /** Up from the first row. */
  readonly onTop?: () => void;
}

/** So many rows before the end the next ones are asked for. */
const NEAR_THE_END = 30;

/** Entries that were found: as many as there are, and only those drawn that can be seen. Arrows go from row to row. */
export function FoundTable({ entries, isNamed = true, onEnd, onTop }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const today = useTopic('shift', (shift) => shift.today);
  const write = useWriter(till.currency, till.language);
  const keys = useMemo(() => entries.map(({ id }) => id), [entries]);
  const { bodyRef, parts } = useRowsInView(keys);
  const drawnTo = Math.max(0, ...parts.map((part) => (part.kind === 'row' ? part.index : 0)));
  const isNearEnd = drawnTo > entries.length - NEAR_THE_END;
  // biome-ignore lint/correctness/useExhaustiveDependencies: more rows may have the same end.
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, entries.length, onEnd]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
    if (step === undefined || row === null) return;
    event.preventDefault();
    const index = Number(row.dataset['row']) + step;
    if (index < 0) onTop?.();
    else focusRow(index);
  };
  const rowOf = (index: number) => {
    const entry = entries[index];
    if (entry === undefined) return null;
    return (
      <tr
        key={entry.id}
        className={c('row')}
        // The head is the first; the rows that are not drawn are counted.
        aria-rowindex={index + 2}
        data-found
        data-row={index}
        data-key={entry.id}
      >
        <Cells {...{ entry, till, write, today, isNamed }} />
      </tr>
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: the arrows go between the buttons in it.
    <table
      className={c('table', !isNamed && 'unnamed')}
      aria-label={t('find.table')}
      aria-rowcount={entries.length + 1}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(([name, look]) => (
            <th key={name} scope="col" className={c('column', ...look.split(' '))}>
              {t(`find.columns.${name === 'member' && !isNamed ? 'entry' : name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={bodyRef}>
        {parts.map((part) =>
          part.kind === 'row' ? (
            rowOf(part.index)
          ) : (
            // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it is empty, and takes no focus.
            <tr key={`gap ${part.from === 0 ? 'before' : part.from}`} aria-hidden="true">
              {/* A policy of the page forbids styles of its own: the room is an attribute. */}
              <td colSpan={columns.length} height={part.height} className={c('gap')} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
