import type { ReactNode } from 'react';
import styles from './answers.module.css';
import { classNames } from './class-names.ts';
import { useListKeys } from './use-list-keys.ts';

const c = classNames(styles);

/** Arrows go from one to the next, too. */
export function Answers({ children }: { readonly children: ReactNode }) {
  const ref = useListKeys<HTMLDivElement>();
  return (
    <div ref={ref} className={c('answers')}>
      {children}
    </div>
  );
}

/** A failure in words, heard at once by a screen reader. */
export function ErrorNote({ children }: { readonly children: ReactNode }) {
  return (
    <p className={c('error')} role="alert">
      {children}
    </p>
  );
}
