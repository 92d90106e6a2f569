import { type SyntheticEvent, useId } from 'react';
import { classNames } from './class-names.ts';
import box from './text-box.module.css';

const c = classNames(box);

/** A partly typed day: not a valid one. */
const HALF_TYPED = '…';

interface Props {
  readonly label: string;
  /** `2026-11-26`; empty: none. */
  readonly value: string;
  /** A partly typed day is not reported as none: a rule without an end would differ. */
  readonly onChange: (day: string) => void;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A day, typed or chosen from the system's calendar. */
export function DayBox({ label, value, onChange, min, max, hint, error }: Props) {
  const id = useId();
  const note = error ?? hint;
  // Partly typed days are not reported.
  const report = ({ currentTarget: { validity, value: day } }: SyntheticEvent<HTMLInputElement>) => {
    const now = validity.badInput ? HALF_TYPED : day;
    if (now !== value) onChange(now);
  };
  return (
    <div className={c('box', error !== undefined && 'bad')}>
      <label className={c('label')} htmlFor={id}>
        {label}
      </label>
      <div className={c('field')}>
        <input
          id={id}
          type="date"
          className={c('input')}
          value={isDay(value) ? value : ''}
          min={min}
          max={max ?? '9999-12-31'}
          onChange={report}
          onKeyUp={report}
          onBlur={report}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
        />
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className={c(error === undefined ? 'hint' : 'error')} aria-live="polite">
          {note}
        </p>
      )}
    </div>
  );
}
