import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './radio.module.css';

const c = classNames(styles);

interface Props {
  /** Radios with one name exclude each other. */
  readonly name: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

export function Radio({ name, isOn, onChoose, children }: Props) {
  return (
    <label className={c('radio')}>
      <input type="radio" name={name} className={c('dot')} checked={isOn} onChange={onChoose} />
      {children}
    </label>
  );
}
