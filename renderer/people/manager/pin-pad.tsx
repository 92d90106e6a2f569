import { type RefObject, useRef } from 'react';
import { DigitPad } from '../../kit/digit-pad.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import styles from './pin-pad.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onEnter: () => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly error?: string | undefined;
  readonly takesFocus: boolean;
  /** A recovery code has letters, which the pad has not. */
  readonly isCode?: boolean;
  /** It is being checked: what is typed or scanned meanwhile is no part of it. */
  readonly isBusy?: boolean;
  readonly suffix?: string | undefined;
  /** The name above or below the one that is chosen. */
  readonly onStep?: ((by: 1 | -1) => void) | undefined;
}

/** The field of a PIN, and the keys below it: the same wherever one is asked for. */
export function PinPad({ isCode = false, isBusy = false, ...field }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  return (
    <div ref={ref} className={styles['pin']}>
      <TextBox {...field} type="pin" isReadOnly={isBusy} inputMode={isCode ? 'text' : 'numeric'} />
      {!isCode && <DigitPad of={ref} />}
    </div>
  );
}
