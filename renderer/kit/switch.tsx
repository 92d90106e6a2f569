import { useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './switch.module.css';

const c = classNames(styles);

interface Props {
  readonly label: string;
  /** The position in words, so that it is not shown by colour or side alone. */
  readonly position: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Switch({ label, position, isOn, onChange }: Props) {
  const id = useId();
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-labelledby={id}
      className={c('switch')}
      onClick={() => onChange(!isOn)}
    >
      <span className={c('track')} aria-hidden="true">
        <span className={c('knob')} />
      </span>
      <span id={id}>{label}</span>
      <span className={c('position')} aria-hidden="true">
        {position}
      </span>
    </button>
  );
}
