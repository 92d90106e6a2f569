import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { delayPhrase, entryNote, isStruck, type WhatDelays } from '../../kit/entry-words.ts';
import rows from '../../kit/rows-table.module.css';
import { RowButton, RowsTable } from '../../kit/rows-table.tsx';
import { StateTag } from '../../kit/tag.tsx';
import { type SumWriter, useWriter } from '../../kit/use-writer.ts';
import { phrasesText } from '../../shared/i18n.ts';
import { openCancel, openReverse } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { enterAgain } from '../counter/index.ts';
import styles from './activity-table.module.css';

const c = classNames(rows, styles);

interface RowProps {
  readonly entry: Entry;
  readonly write: SumWriter;
  /** The link for a waiting row; null for others, which need no redraw with it. */
  readonly link: WhatDelays | null;
  /** Shows who entered it, if people are set up. */
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
        <RowButton onOpen={() => view.open({ kind: 'details', entry })}>
          <span className={c('member', struck)}>{name}</span>
          <span className={c('note', entry.state === 'rejected' && 'bad')}>
            {phrasesText(t, entryNote(entry, write, delay))}
            {isNamed && entry.actor !== '' && (
              <>
                {t('app.separator')}
                <bdi>{entry.actor}</bdi>
              </>
            )}
          </span>
        </RowButton>
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

// Names are for screen readers; the first row sets the widths.
const columns = ['time', 'who', 'sum', 'state'] as const;

export function ActivityTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const link = useTopic('link');
  const isNamed = useTopic('people', (people) => people !== null);
  const write = useWriter(till.currency, till.language);
  return (
    <RowsTable
      label={t('activity.table')}
      look={c('today')}
      columns={columns.map((key) => ({ key, name: t(`activity.${key}`), look: c(key), isUnseen: true }))}
      rows={entries}
      lookOf={(entry) => hasAction(entry) && c('acting')}
      cellsOf={(entry) => (
        <Cells entry={entry} write={write} link={entry.state === 'queued' ? link : null} isNamed={isNamed} />
      )}
    />
  );
}

const hasAction = ({ canCancel, canReverse, state }: Entry): boolean =>
  canCancel || canReverse || state === 'rejected';

/** The most frequent act in this state; the others are in the details. */
function RowAction({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  if (entry.canCancel) return <Button onPress={() => openCancel(entry)}>{t('entry.cancel')}</Button>;
  if (entry.canReverse) return <Button onPress={() => openReverse(entry)}>{t('entry.reverse')}</Button>;
  if (entry.state !== 'rejected') return null;
  return <Button onPress={() => enterAgain(entry, till)}>{t('entry.again')}</Button>;
}
