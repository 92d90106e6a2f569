import { type ReactNode, useId, useState } from 'react';
import card from './card.module.css';
import { classNames } from './class-names.ts';
import { Icon } from './icons.tsx';
import { Press } from './press.tsx';
import styles from './sets.module.css';

const c = classNames(card, styles);

// Settings, one row each: what it is and a line of help on the left, the value on the right.

interface SetsProps {
  /** Over the card, where a page has several. */
  readonly title?: string;
  readonly children: ReactNode;
}

export function Sets({ title, children }: SetsProps) {
  return (
    <section aria-label={title}>
      {title !== undefined && <h2 className={c('group')}>{title}</h2>}
      <div className={c('card', 'sets')}>{children}</div>
    </section>
  );
}

interface RowProps {
  readonly label: string;
  readonly hint: string;
}

interface SwitchRowProps extends RowProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function SwitchRow({ label, hint, isOn, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className={c('set')}>
      <label className={c('label')} htmlFor={id}>
        {label}
      </label>
      <p className={c('hint')} id={`${id}-hint`}>
        {hint}
      </p>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className={c('value', 'switch')}
        checked={isOn}
        aria-checked={isOn}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}

interface ChipProps {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

function Chip({ type, name, isOn, onChange, children }: ChipProps) {
  return (
    <label className={c('chip')}>
      <input
        type={type}
        name={name}
        className={c('covered')}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
      {isOn && <Icon name="check" />}
      {children}
    </label>
  );
}

function ChipsRow({ label, hint, children }: RowProps & { readonly children: ReactNode }) {
  return (
    <fieldset className={c('set', 'wide')}>
      <legend className={c('label')}>{label}</legend>
      <p className={c('hint')}>{hint}</p>
      <div className={c('value', 'chips')}>{children}</div>
    </fieldset>
  );
}

interface ChoiceRowProps<T extends string> extends RowProps {
  /** The radios' name; no other group on the screen has it. */
  readonly name: string;
  readonly values: readonly T[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
  readonly say: (value: T) => ReactNode;
}

/** One of a few. */
export function ChoiceRow<T extends string>({
  name,
  values,
  chosen,
  onChoose,
  say,
  ...row
}: ChoiceRowProps<T>) {
  return (
    <ChipsRow {...row}>
      {values.map((value) => (
        <Chip key={value} type="radio" name={name} isOn={value === chosen} onChange={() => onChoose(value)}>
          {say(value)}
        </Chip>
      ))}
    </ChipsRow>
  );
}

interface ManyRowProps<T extends string> extends RowProps {
  readonly name: string;
  readonly values: readonly T[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly say: (value: T) => ReactNode;
}

/** Any of a few. */
export function ManyRow<T extends string>({ name, values, chosen, onChange, say, ...row }: ManyRowProps<T>) {
  return (
    <ChipsRow {...row}>
      {values.map((value) => (
        <Chip
          key={value}
          type="checkbox"
          name={name}
          isOn={chosen.includes(value)}
          onChange={(isOn) => onChange(isOn ? [...chosen, value] : chosen.filter((one) => one !== value))}
        >
          {say(value)}
        </Chip>
      ))}
    </ChipsRow>
  );
}

/** What is done at once rather than set. */
export function ActionsRow({ label, hint, children }: RowProps & { readonly children: ReactNode }) {
  return (
    <fieldset className={c('set', 'acts')}>
      <legend className={c('label')}>{label}</legend>
      <p className={c('hint')}>{hint}</p>
      <div className={c('value', 'buttons')}>{children}</div>
    </fieldset>
  );
}

interface AdvancedProps {
  readonly title: string;
  /** What is in it. */
  readonly summary: string;
  readonly children: ReactNode;
}

/** What only IT touches: closed until it is opened. */
export function Advanced({ title, summary, children }: AdvancedProps) {
  const [isOpen, open] = useState(false);
  return (
    <>
      <Press className={c('advanced', isOpen && 'open')} aria-expanded={isOpen} onPress={() => open(!isOpen)}>
        <Icon name="open" />
        <span>{title}</span>
        <small className={c('summary')}>{summary}</small>
      </Press>
      {isOpen && children}
    </>
  );
}
