import { type ReactNode, useId } from 'react';
import { Button as Pressable } from 'react-aria-components/Button';
import { Icon } from '../../components/icons.tsx';
import { classNames } from '../../logic/class-names.ts';
import styles from './menu-dialog.module.css';

const c = classNames(styles);

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

/** One thing to do or a place to go to: its name is the label alone, the hint describes it. */
export function MenuRow({ label, hint, isCalled = false, onPress }: RowProps) {
  const id = useId();
  return (
    <Pressable
      className={c('row')}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
      onPress={onPress}
    >
      <span id={`${id}-label`} className={c('label')}>
        {label}
      </span>
      <span id={`${id}-hint`} className={c('hint', isCalled && 'called')}>
        {hint}
      </span>
      <span className={c('arrow')}>
        <Icon name="go" />
      </span>
    </Pressable>
  );
}
