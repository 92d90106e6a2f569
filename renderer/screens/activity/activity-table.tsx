import { memo } from 'react';
import { Button as Pressable } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { StateTag } from '../../components/tag.tsx';
import { type SumWriter, useWriter } from '../../components/use-writer.ts';
import { sayPhrases } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { entryNote } from '../../logic/entry-words.ts';
import { useTill, view } from '../../stores/index.ts';
import styles from './activity.module.css';
import { cancelEntry } from './entry-acts.ts';
import { openReverse } from './open-dialogs.ts';

const c = classNames(styles);

function RowAction({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  if (entry.canCancel) {
    return (
      <Button look="ghost" shape="icon" aria-label={t('entry.cancel')} onPress={() => cancelEntry(entry)}>
        <Icon name="cancel" />
      </Button>
    );
  }
  if (entry.canReverse) {
    return (
      <Button look="ghost" shape="icon" aria-label={t('entry.reverse')} onPress={() => openReverse(entry)}>
        <Icon name="reverse" />
      </Button>
    );
  }
  return null;
}

const ActivityRow = memo(function ActivityRow({ entry, write }: { entry: Entry; write: SumWriter }) {
  const { t } = useTranslation();
  const struck = entry.state === 'cancelled' && 'struck';
  const { main, more } = write.sums(entry);
  const name = entry.memberName || t('member.unnamed', { number: entry.memberNumber });
  return (
    <tr>
      <td className={c('cell', 'time')}>{entry.storeTime}</td>
      <td className={c('cell')}>
        <Pressable
          className={c('name')}
          aria-haspopup="dialog"
          onPress={() => view.open({ kind: 'details', entry })}
        >
          <span className={c('member', struck)}>{name}</span>
          <span className={c('note', entry.state === 'rejected' && 'bad')}>
            {sayPhrases(t, entryNote(entry, write))}
          </span>
        </Pressable>
      </td>
      <td className={c('cell', 'sum')}>
        <b className={c(struck)}>{main}</b>
        {more !== null && <span className={c('small', struck)}>{more}</span>}
      </td>
      <td className={c('cell', 'state')}>
        <StateTag state={entry.state} />
      </td>
      <td className={c('cell', 'action')}>
        <RowAction entry={entry} />
      </td>
    </tr>
  );
});

// Their names are for screen readers; the widths are of the first row.
const columns = ['time', 'who', 'sum', 'state', 'action'] as const;

export function ActivityTable({ entries }: { readonly entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  return (
    <table className={c('table')} aria-label={t('activity.table')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={c('column', column)}>
              <span className={c('hidden')}>{t(`activity.${column}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <ActivityRow key={entry.id} entry={entry} write={write} />
        ))}
      </tbody>
    </table>
  );
}
