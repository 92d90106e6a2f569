import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Radio } from './radio.tsx';
import styles from './radio-choice.module.css';

const c = classNames(styles);

interface Props<T extends string> {
  readonly label: string;
  /** The radios' name; no other group on the screen has it. */
  readonly name: string;
  readonly values: readonly T[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
  readonly say: (value: T) => ReactNode;
  /** Each as large as a finger wants it, as where somebody says who they are. */
  readonly isTiled?: boolean;
}

/** One of a few, all in sight. */
export function RadioChoice<T extends string>({
  label,
  name,
  values,
  chosen,
  onChoose,
  say,
  isTiled = false,
}: Props<T>) {
  return (
    <fieldset className={c('choice')}>
      <legend className={c('label')}>{label}</legend>
      <div className={c('values', isTiled && 'tiled')}>
        {values.map((value) => (
          <Radio key={value} name={name} isOn={chosen === value} onChoose={() => onChoose(value)}>
            {say(value)}
          </Radio>
        ))}
      </div>
    </fieldset>
  );
}
