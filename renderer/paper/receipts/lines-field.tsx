import { useId } from 'react';
import { classNames } from '../../kit/class-names.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** As much as main takes. */
const MOST = 300;

/** Some lines of the shop's own, as a row of the settings. */
export function LinesField({ label, hint, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={c('lines')}>
      <div>
        <label className={c('label')} htmlFor={id}>
          {label}
        </label>
        <p className={c('help')} id={`${id}-hint`}>
          {hint}
        </p>
      </div>
      <textarea
        id={id}
        className={c('area')}
        rows={3}
        maxLength={MOST}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        data-scan="form-field"
      />
    </div>
  );
}
