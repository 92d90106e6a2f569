import { useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './select-box.module.css';
import box from './text-box.module.css';

const c = classNames(box, styles);

interface Props<T extends string> {
  readonly label: string;
  readonly values: readonly T[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
  readonly say: (value: T) => string;
}

/** A native select: works by keyboard and touch. */
export function SelectBox<T extends string>({ label, values, chosen, onChoose, say }: Props<T>) {
  const id = useId();
  return (
    <div className={c('box')}>
      <label className={c('label')} htmlFor={id}>
        {label}
      </label>
      <div className={c('field')}>
        <select
          id={id}
          className={c('input', 'select')}
          value={chosen}
          onChange={(event) => {
            const value = values.find((one) => one === event.target.value);
            if (value !== undefined) onChoose(value);
          }}
        >
          {values.map((value) => (
            <option key={value} value={value}>
              {say(value)}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
