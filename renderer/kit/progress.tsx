import type { ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { classNames } from './class-names.ts';
import styles from './progress.module.css';

const c = classNames(styles);

interface Props {
  /** What goes on, for who cannot see the bar. */
  readonly label: string;
  readonly percent: number;
  /** The same in words or numbers, below. */
  readonly children: ReactNode;
}

/** How far something has come that takes longer than a moment. */
export function Progress({ label, percent, children }: Props) {
  return (
    <ProgressBar value={percent} aria-label={label} className={c('bar')}>
      {/* A policy of the page forbids styles of its own: the bar's length is an attribute. */}
      <svg className={c('track')} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect className={c('done')} width={percent} height="1" />
      </svg>
      <span className={c('numbers')}>{children}</span>
    </ProgressBar>
  );
}
