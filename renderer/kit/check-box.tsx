import { useId } from 'react';
import styles from './check-box.module.css';
import { classNames } from './class-names.ts';

const c = classNames(styles);

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** A declaration that is made or not, with what it means under it. */
export function CheckBox({ label, hint, isOn, onChange }: Props) {
  const id = useId();
  return (
    <div>
      <label className={c('label')}>
        <input
          type="checkbox"
          className={c('box')}
          checked={isOn}
          onChange={(event) => onChange(event.target.checked)}
          aria-describedby={hint === undefined ? undefined : id}
        />
        {label}
      </label>
      {hint !== undefined && (
        <p id={id} className={c('hint')}>
          {hint}
        </p>
      )}
    </div>
  );
}
