import { useTranslation } from 'react-i18next';
import type { EntryState } from '../../preload/contract/index.ts';
import { classNames } from '../logic/class-names.ts';
import { stateTone } from '../logic/entry-words.ts';
import styles from './tag.module.css';

const c = classNames(styles);

/** An entry's state as its word. */
export function StateTag({ state }: { readonly state: EntryState }) {
  const { t } = useTranslation();
  return (
    <span className={c('tag', stateTone[state], state === 'sending' && 'moving')}>
      {t(`states.${state}`)}
    </span>
  );
}
