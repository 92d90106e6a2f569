import { type ReactNode, type RefObject, useEffect } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { view } from '../../shared/view.ts';
import styles from './review.module.css';

const c = classNames(styles);

interface Props {
  readonly id: string;
  /** The page's focus: its answers are the next stops. */
  readonly homeRef: RefObject<HTMLHeadingElement | null>;
  readonly children: ReactNode;
}

export function CaseTitle({ id, homeRef, children }: Props) {
  useEffect(() => {
    if (view.store.getState().dialog === null) homeRef.current?.focus({ preventScroll: true });
  }, [homeRef]);
  return (
    <h2 ref={homeRef} id={id} tabIndex={-1} className={c('name')}>
      {children}
    </h2>
  );
}
