import { type ReactNode, type RefObject, useContext, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { separators } from '../../preload/contract/app/values.ts';
import { classNames } from './class-names.ts';
import { Icon } from './icons.tsx';
import styles from './keys.module.css';
import { Press } from './press.tsx';
import { pressEnter, writeKey } from './write-key.ts';
import { WrittenAs } from './written-as.ts';

const c = classNames(styles);

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** As the counter's keypad and a keyboard's number block. */
const block = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;

type Key = (typeof digits)[number] | '0' | 'back' | 'enter' | 'decimal';

/** A block, or one line below what scrolls. */
const keysOf = (end: 'enter' | 'decimal', isLine: boolean): readonly Key[] =>
  isLine ? [...digits, '0', end, 'back'] : [...block, 'back', '0', end];

const isPadField = (element: unknown): element is HTMLInputElement =>
  element instanceof HTMLInputElement && element.dataset['digits'] !== undefined;

interface Props {
  /** The container of the digit fields: keys go to the last focused, or the first. */
  readonly of: RefObject<HTMLElement | null>;
  readonly isLine?: boolean;
}

/** A touch pad for the digits of a PIN or a sum. Hidden where neither is asked for. */
export function DigitPad({ of, isLine = false }: Props) {
  const { t } = useTranslation();
  const { decimalSeparator: sign } = separators(useContext(WrittenAs));
  const last = useRef<HTMLInputElement | null>(null);
  const first = () => of.current?.querySelector<HTMLInputElement>('input[data-digits]') ?? null;
  const [isSum, setSum] = useState(false);
  useEffect(() => {
    const remember = (element: unknown) => {
      if (!isPadField(element)) return;
      last.current = element;
      setSum(element.dataset['digits'] === 'sum');
    };
    remember(document.activeElement);
    const onFocus = (event: FocusEvent) => remember(event.target);
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  const press = (key: Key) => {
    const field = last.current?.isConnected === true ? last.current : first();
    if (field === null) return;
    if (key === 'enter') pressEnter(field);
    else writeKey(field, key, sign);
  };
  const faces: Partial<Record<Key, { readonly name: string; readonly shown: ReactNode }>> = {
    back: { name: t('people.back'), shown: <Icon name="back" /> },
    enter: { name: t('people.enter'), shown: <Icon name="check" /> },
    decimal: { name: t('form.keypadKeys.decimal'), shown: sign },
  };
  return (
    <fieldset className={c('pins', isLine && 'line')} aria-label={t('people.pad')} data-pad>
      {keysOf(isSum ? 'decimal' : 'enter', isLine).map((key) => (
        <Press
          key={key}
          className={c('key', key === 'enter' && 'go')}
          aria-label={faces[key]?.name ?? key}
          excludeFromTabOrder
          preventFocusOnPress
          onPress={() => press(key)}
        >
          {faces[key]?.shown ?? key}
        </Press>
      ))}
    </fieldset>
  );
}
