import type { ReactNode } from 'react';
import { type ButtonProps, Button as Pressable } from 'react-aria-components/Button';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

const c = classNames(styles);

interface Props extends Omit<ButtonProps, 'className' | 'children' | 'style'> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'ghost';
  readonly shape?: 'text' | 'icon' | 'wide';
  /** The key that does the same, e.g. `F2`. */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

export function Button({ look = 'plain', shape = 'text', shortcut, children, ...rest }: Props) {
  return (
    <Pressable {...rest} className={c('button', look !== 'plain' && look, shape !== 'text' && shape)}>
      {children}
      {shortcut !== undefined && (
        <span className={c('key')} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </Pressable>
  );
}
