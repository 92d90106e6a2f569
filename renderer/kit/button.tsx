import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Press } from './press.tsx';

const c = classNames(styles);

interface Props extends Omit<ComponentProps<typeof Press>, 'className'> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'ghost';
  readonly shape?: 'text' | 'icon' | 'wide';
  /** The key that does the same, e.g. `F2`. */
  readonly shortcut?: string;
}

export function Button({ look = 'plain', shape = 'text', shortcut, children, ...rest }: Props) {
  return (
    <Press {...rest} className={c('button', look !== 'plain' && look, shape !== 'text' && shape)}>
      {children}
      {shortcut !== undefined && (
        <span className={c('key')} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </Press>
  );
}
