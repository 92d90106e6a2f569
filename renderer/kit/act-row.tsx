import type { ReactNode } from 'react';
import styles from './act-row.module.css';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icons.tsx';
import type { Tone } from './phrase.ts';
import tones from './tones.module.css';

const c = classNames(styles, tones);

interface Props {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly title: string;
  /** How it stands, or what it is for. */
  readonly line: string;
  /** What is wrong with it, in a sentence. */
  readonly problem?: ReactNode;
  readonly children?: ReactNode;
}

/** How one thing stands, and what can be done with it. */
export function ActRow({ icon, tone, title, line, problem, children }: Props) {
  return (
    <div className={c('row')}>
      <span className={c('mark', tone)}>
        <Icon name={icon} />
      </span>
      <span className={c('words')}>
        <b>{title}</b>
        <span className={c('line')}>{line}</span>
        {problem}
      </span>
      <span className={c('acts')}>{children}</span>
    </div>
  );
}
