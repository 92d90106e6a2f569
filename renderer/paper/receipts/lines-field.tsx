import { useId, useState } from 'react';
import { classNames } from '../../kit/class-names.ts';
import styles from './receipts.module.css';

const c = classNames(styles);

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onSet: (text: string) => void;
}

/** As much as main takes. */
const MOST = 300;

/** Some lines of the shop's own, as a row of the settings: set when they are left. */
export function LinesField({ label, hint, value, onSet }: Props) {
  const id = useId();
  const [typed, type] = useState<string | null>(null);
  const leave = () => {
    type(null);
    if (typed !== null && typed !== value) onSet(typed);
  };
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
        value={typed ?? value}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        aria-describedby={`${id}-hint`}
        spellCheck={false}
        data-scan="form-field"
      />
    </div>
  );
}
