import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryState } from '../../preload/contract/index.ts';
import { classNames } from '../logic/class-names.ts';
import { stateTone } from '../logic/entry-words.ts';
import type { Tone } from '../logic/status.ts';
import styles from './tag.module.css';

const c = classNames(styles);

/** One word in the colour of what it means. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={c('tag', tone)}>{children}</span>;
}

/** An entry's state as its word. */
export function StateTag({ state }: { readonly state: EntryState }) {
  const { t } = useTranslation();
  return (
    <span className={c('tag', stateTone[state], state === 'sending' && 'moving')}>
      {t(`states.${state}`)}
    </span>
  );
}
