import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Icon } from '../../components/icons.tsx';
import { StateTag } from '../../components/tag.tsx';
import { useWriter } from '../../components/use-writer.ts';
import { sayPhrases } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { savedNote } from '../../logic/entry-words.ts';
import { useSnapshot, useTill } from '../../stores/index.ts';
import styles from './member-slot.module.css';

const c = classNames(styles);

/** What was committed last: Saved at once, then its state as it goes, until the next member. */
export function SavedCard({ saved }: { readonly saved: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const entry = useSnapshot((snapshot) => snapshot.activity.find(({ id }) => id === saved.id)) ?? saved;
  const { main, more } = write.sums(entry);
  const name = entry.memberName || t('member.unnamed', { number: entry.memberNumber });
  return (
    <div className={c('card', 'saved')} data-saved={entry.reference}>
      <div className={c('done')}>
        <Icon name="check" />
        {t('saved.title')}
      </div>
      <div className={c('right', 'tag')}>
        <StateTag state={entry.state} />
      </div>
      <div className={c('name')} title={name}>
        {name}
      </div>
      <div className={c('name', 'right')}>{more === null ? main : `${main} ${more}`}</div>
      <div className={c('foot')}>{sayPhrases(t, savedNote(entry, write))}</div>
    </div>
  );
}
