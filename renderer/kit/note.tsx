import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './note.module.css';
import type { Tone } from './phrase.ts';

const c = classNames(styles);

interface Props {
  readonly tone: Tone;
  /** Told at once by a screen reader, e.g. what an answer did. */
  readonly isNews?: boolean;
  readonly children: ReactNode;
}

/** A few words that matter, with the colour of what they mean. */
export function Note({ tone, isNews = false, children }: Props) {
  return (
    <div className={c('note', tone)} role={isNews ? 'alert' : undefined}>
      {children}
    </div>
  );
}
