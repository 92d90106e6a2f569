import { type ReactNode, useId } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import wholeRow from '../../kit/whole-row.module.css';
import styles from './menu-dialog.module.css';

const c = classNames(wholeRow, styles);

export function MenuGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={c('title')}>
        {title}
      </h3>
      <div className={c('group')}>{children}</div>
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly hint: string;
  /** Something waits there. */
  readonly isCalled?: boolean;
  readonly onPress: () => void;
}

/** The whole row is the button, named by its label only. */
export function MenuRow({ label, hint, isCalled = false, onPress }: RowProps) {
  const id = useId();
  return (
    <div className={c('row')}>
      <Press className={c('label', 'wholeRow')} aria-describedby={id} onPress={onPress}>
        {label}
      </Press>
      <span id={id} className={c('hint', isCalled && 'called')}>
        {hint}
      </span>
      <span className={c('arrow')}>
        <Icon name="go" />
      </span>
    </div>
  );
}
