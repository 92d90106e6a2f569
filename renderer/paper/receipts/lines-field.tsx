import { useId } from 'react';
import { classNames } from '../../kit/class-names.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** As much as main takes. */
const MOST = 300;

/** Some lines of the shop's own. */
export function LinesField({ label, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={c('lines')}>
      <label className={c('label')} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className={c('area')}
        rows={3}
        maxLength={MOST}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
        data-scan="form-field"
      />
    </div>
  );
}
