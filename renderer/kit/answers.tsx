import type { ReactNode } from 'react';
import styles from './answers.module.css';
import { classNames } from './class-names.ts';

const c = classNames(styles);

export function Answers({ children }: { readonly children: ReactNode }) {
  return <div className={c('answers')}>{children}</div>;
}

/** A failure in words, heard at once by a screen reader. */
export function ErrorNote({ children }: { readonly children: ReactNode }) {
  return (
    <p className={c('error')} role="alert">
      {children}
    </p>
  );
}
