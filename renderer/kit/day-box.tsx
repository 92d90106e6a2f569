import { useId } from 'react';
import { classNames } from './class-names.ts';
import box from './text-box.module.css';

const c = classNames(box);

interface Props {
  readonly label: string;
  /** `2026-11-26`; empty: none. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** A day, typed or chosen from the system's calendar. */
export function DayBox({ label, value, onChange, min, max }: Props) {
  const id = useId();
  return (
    <div className={c('box')}>
      <label className={c('label')} htmlFor={id}>
        {label}
      </label>
      <div className={c('field')}>
        <input
          id={id}
          type="date"
          className={c('input')}
          value={value}
          min={min}
          max={max ?? '9999-12-31'}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
    </div>
  );
}
