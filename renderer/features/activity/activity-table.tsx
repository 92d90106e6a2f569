import { memo } from 'react';
import { Button as Pressable } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { delayPhrase, entryNote, isStruck, type WhatDelays } from '../../kit/entry-words.ts';
import { StateTag } from '../../kit/tag.tsx';
import unseen from '../../kit/unseen.module.css';
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
}

const ActivityRow = memo(function ActivityRow({ entry, write, link }: RowProps) {
  const { t } = useTranslation();
  const struck = isStruck(entry) && 'struck';
  const { main, more } = write.sums(entry);
  const name = entry.memberName || t('member.unnamed', { number: entry.memberNumber });
  const delay = link === null ? null : delayPhrase(entry, link);
  return (
    <tr className={c('row', hasAction(entry) && 'acting')}>
      <td className={c('cell', 'time')}>{entry.storeTime}</td>
      <td className={c('cell')}>
        <Pressable
          className={c('name', 'wholeRow')}
          aria-haspopup="dialog"
          onPress={() => view.open({ kind: 'details', entry })}
        >
          <span className={c('member', struck)}>{name}</span>
          <span className={c('note', entry.state === 'rejected' && 'bad')}>
            {sayPhrases(t, entryNote(entry, write, delay))}
          </span>
        </Pressable>
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
    </tr>
  );
});

// Their names are for screen readers; the widths are of the first row.
const columns = ['time', 'who', 'sum', 'state'] as const;

export function ActivityTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const link = useTopic('link');
  const write = useWriter(till.currency, till.language);
  return (
    <table className={c('table')} aria-label={t('activity.table')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={c('column', column)}>
              <span className={c('unseen')}>{t(`activity.${column}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <ActivityRow
            key={entry.id}
            entry={entry}
            write={write}
            link={entry.state === 'queued' ? link : null}
          />
        ))}
      </tbody>
    </table>
  );
}
