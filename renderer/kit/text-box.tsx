import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { classNames } from './class-names.ts';
import styles from './text-box.module.css';
import { useKeys } from './touch.ts';
import unseen from './unseen.module.css';

const c = classNames(unseen, styles);

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** `pin`: hidden digits, with a pad on touch screens. */
  readonly type?: 'text' | 'password' | 'pin';
  /** What the touch pad types. */
  readonly digits?: 'sum' | 'count';
  /** With our own keypad it is `none`; a PIN's field that takes letters too says `text`. */
  readonly inputMode?: 'none' | 'text' | 'decimal' | 'numeric' | 'url';
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Marks the field as invalid; the message with this id is elsewhere. */
  readonly problemId?: string | undefined;
  /** What stands before the value, e.g. a currency's sign. */
  readonly unit?: string;
  /** What is counted, behind the value: `hours`. */
  readonly suffix?: string | undefined;
  readonly placeholder?: string;
  /** What may be chosen instead of being typed. */
  readonly choices?: readonly string[];
  /** As many characters as main takes. */
  readonly maxLength?: number;
  /** A picture of what goes in, before the value. */
  readonly lead?: ReactNode;
  /**
   * `large` is read at arm's length; `amount` is what can go wrong, `count` stands beside it, and both have their label
   * inside; a `bare` and a `seek` one are named by what surrounds them; in a `row` of settings the value is on the
   * right, in a `wideRow` a long one.
   */
  readonly size?: 'large' | 'amount' | 'count' | 'bare' | 'seek' | 'row' | 'wideRow';
  /** A button in the field, for what Enter does there. */
  readonly action?: ReactNode;
  readonly isDisabled?: boolean;
  /** Keeps the focus and takes nothing. */
  readonly isReadOnly?: boolean;
  /** Takes the focus when it appears, e.g. as the first field of a dialog. */
  readonly takesFocus?: boolean;
  /** For the scanner, which must know where digits may be meant for the field. */
  readonly scan?: 'member' | 'form-field';
  /** Receives what is typed while no field has the focus. */
  readonly takesDigits?: boolean;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** Enter, once: not repeated, and not within an input method. */
  readonly onEnter?: (() => void) | undefined;
  /** It loses the focus. */
  readonly onLeave?: () => void;
  /** An arrow up or down: of several whose field it may be, the one before or after. */
  readonly onStep?: ((by: 1 | -1) => void) | undefined;
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };

function stepOnce(event: KeyboardEvent<HTMLInputElement>, onStep: Props['onStep']): void {
  const by = steps[event.key];
  if (by === undefined || onStep === undefined) return;
  event.preventDefault();
  onStep(by);
}

function enterOnce(event: KeyboardEvent<HTMLInputElement>, onEnter: (() => void) | undefined): void {
  if (event.key !== 'Enter' || onEnter === undefined || event.nativeEvent.isComposing) return;
  event.preventDefault();
  if (!event.repeat) onEnter();
}

/** A field takes the focus once, when it appears. */
function useTakenFocus(ref: RefObject<HTMLInputElement | null>, takesFocus: boolean): void {
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [takesFocus, ref]);
}

function Choices({ id, of }: { readonly id: string; readonly of: readonly string[] }) {
  return (
    <datalist id={id}>
      {of.map((one) => (
        <option key={one} value={one} />
      ))}
    </datalist>
  );
}

export function TextBox(props: Props) {
  const id = useId();
  const {
    label,
    value,
    onChange,
    type = 'text',
    hint,
    error,
    problemId,
    unit,
    suffix,
    lead,
    size,
    scan,
    inputRef,
    onEnter,
  } = props;
  const own = useRef<HTMLInputElement>(null);
  const ref = inputRef ?? own;
  useTakenFocus(ref, props.takesFocus ?? false);
  const isPin = type === 'pin';
  const hasKeys = useKeys();
  const hasPad = isPin || props.digits !== undefined;
  const inputMode = props.inputMode ?? (hasPad ? 'numeric' : 'text');
  const note = error ?? hint;
  // A problem that is gone leaves its line, so that nothing moves while it is typed right.
  const hadError = useRef(false);
  hadError.current ||= error !== undefined;
  const isBad = error !== undefined || problemId !== undefined;
  const noteId = note === undefined ? problemId : `${id}-note`;
  const described = [...(suffix === undefined ? [] : [`${id}-suffix`]), ...(noteId ? [noteId] : [])];
  return (
    <div className={c('box', size, isBad && 'bad')}>
      <label className={c('label', (size === 'bare' || size === 'seek') && 'unseen')} htmlFor={id}>
        {label}
      </label>
      <div className={c('field')}>
        {lead !== undefined && <span className={c('lead')}>{lead}</span>}
        {unit !== undefined && (
          <span className={c('unit')} aria-hidden="true">
            {unit}
          </span>
        )}
        <input
          id={id}
          ref={ref}
          className={c('input')}
          type={isPin ? 'password' : type}
          inputMode={hasPad && hasKeys && inputMode !== 'text' ? 'none' : inputMode}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onBlur={props.onLeave}
          onKeyDown={(event) => {
            enterOnce(event, onEnter);
            stepOnce(event, props.onStep);
          }}
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          list={props.choices === undefined ? undefined : `${id}-choices`}
          disabled={props.isDisabled}
          readOnly={props.isReadOnly}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={isBad}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
          data-scan={scan}
          data-digits={isPin ? 'pin' : props.digits}
          data-takes-digits={props.takesDigits || undefined}
        />
        {props.choices !== undefined && <Choices id={`${id}-choices`} of={props.choices} />}
        {suffix !== undefined && (
          <span id={`${id}-suffix`} className={c('suffix')}>
            {suffix}
          </span>
        )}
        {props.action}
      </div>
      {(note !== undefined || hadError.current) && (
        <p id={`${id}-note`} className={c(error === undefined ? 'hint' : 'error')} aria-live="polite">
          {note ?? '\u00a0'}
        </p>
      )}
    </div>
  );
}
