import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { delayPhrase, entryNote, isStruck, type WhatDelays } from '../../kit/entry-words.ts';
import { Press } from '../../kit/press.tsx';
import { StateTag } from '../../kit/tag.tsx';
import unseen from '../../kit/unseen.module.css';
import { useRowsInView } from '../../kit/use-rows-in-view.ts';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import wholeRow from '../../kit/whole-row.module.css';
import { sayPhrases } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './activity-table.module.css';
import { hasAction, RowAction } from './row-action.tsx';

const c = classNames(unseen, wholeRow, styles);

interface RowProps {
  readonly entry: Entry;
  readonly write: SumWriter;
  /** What holds everything back; null for a row that does not wait, so that it is not drawn anew with it. */
  readonly link: WhatDelays | null;
  /** People are set up: it says whose it is. */
  readonly isNamed: boolean;
}

const Cells = memo(function Cells({ entry, write, link, isNamed }: RowProps) {
  const { t } = useTranslation();
  const struck = isStruck(entry) && 'struck';
  const { main, more } = write.sums(entry);
  const name = entry.memberName || t('member.unnamed', { number: entry.memberNumber });
  const delay = link === null ? null : delayPhrase(entry, link);
  return (
    <>
      <td className={c('cell', 'time')}>{entry.storeTime}</td>
      <td className={c('cell')}>
        <Press
          className={c('name', 'wholeRow')}
          aria-haspopup="dialog"
          onPress={() => view.open({ kind: 'details', entry })}
        >
          <span className={c('member', struck)}>{name}</span>
          <span className={c('note', entry.state === 'rejected' && 'bad')}>
            {sayPhrases(t, entryNote(entry, write, delay))}
            {isNamed && entry.actor !== '' && (
              <>
                {t('app.separator')}
                <bdi>{entry.actor}</bdi>
              </>
            )}
          </span>
        </Press>
      </td>
      <td className={c('cell', 'sum')}>
        <b className={c(struck)}>{main}</b>
        {more !== null && <span className={c('small', struck)}>{more}</span>}
      </td>
      <td className={c('cell', 'state')}>
        <div className={c('end')}>
          <span className={c('word')}>
            <StateTag entry={entry} />
          </span>
          <span className={c('action')}>
            <RowAction entry={entry} />
          </span>
        </div>
      </td>
    </>
  );
});

// Their names are for screen readers; the widths are of the first row.
const columns = ['time', 'who', 'sum', 'state'] as const;

export function ActivityTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const link = useTopic('link');
  const isNamed = useTopic('people', (people) => people !== null);
  const write = useWriter(till.currency, till.language);
  const keys = useMemo(() => entries.map(({ id }) => id), [entries]);
  const { bodyRef, parts } = useRowsInView(keys);
  const rowOf = (index: number) => {
    const entry = entries[index];
    if (entry === undefined) return null;
    return (
      <tr
        key={entry.id}
        className={c('row', hasAction(entry) && 'acting')}
        // The head is the first; the rows that are not drawn are counted.
        aria-rowindex={index + 2}
        data-row={index}
        data-key={entry.id}
      >
        <Cells entry={entry} write={write} link={entry.state === 'queued' ? link : null} isNamed={isNamed} />
      </tr>
    );
  };
  return (
    <table className={c('table')} aria-label={t('activity.table')} aria-rowcount={entries.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column} scope="col" className={c('column', column)}>
              <span className={c('unseen')}>{t(`activity.${column}`)}</span>
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
