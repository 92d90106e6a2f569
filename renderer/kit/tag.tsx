import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../preload/contract/index.ts';
import { classNames } from './class-names.ts';
import { stateWord } from './entry-words.ts';
import { Icon } from './icons.tsx';
import type { Tone } from './phrase.ts';
import styles from './tag.module.css';
import tones from './tones.module.css';

const c = classNames(styles, tones);

/** One word in the colour of what it means. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={c('tag', tone)}>{children}</span>;
}

/** An entry's state as its word; only exceptions wear a colour. */
export function StateTag({ entry }: { readonly entry: Pick<Entry, 'state' | 'takenBack'> }) {
  const { t } = useTranslation();
  const { key, tone, isOnItsWay } = stateWord(entry);
  if (tone === 'good') {
    return (
      <span className={c('tag', 'quiet')}>
        <Icon name="check" />
        <span>{t(key)}</span>
      </span>
    );
  }
  return <span className={c('tag', tone, isOnItsWay && 'on-its-way')}>{t(key)}</span>;
}
