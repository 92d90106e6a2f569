import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { Icon } from './icons.tsx';
import styles from './keys.module.css';
import { Press } from './press.tsx';
import { pressEnter, writeKey } from './write-key.ts';

const c = classNames(styles);

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'back', '0', 'enter'] as const;

const isPin = (element: unknown): element is HTMLInputElement =>
  element instanceof HTMLInputElement && element.dataset['pin'] !== undefined;

interface Props {
  /** Where the boxes for PINs stand: the keys go to the one that had the focus last, or to the first. */
  readonly of: RefObject<HTMLElement | null>;
}

/** For a finger: the digits of a PIN, in the order of a card terminal. Not seen where no PIN is asked for. */
export function PinPad({ of }: Props) {
  const { t } = useTranslation();
  const last = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const remember = (element: unknown) => {
      if (isPin(element)) last.current = element;
    };
    remember(document.activeElement);
    const onFocus = (event: FocusEvent) => remember(event.target);
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, []);
  const press = (key: (typeof keys)[number]) => {
    const first = of.current?.querySelector<HTMLInputElement>('input[data-pin]') ?? null;
    const field = last.current?.isConnected === true ? last.current : first;
    if (field === null) return;
    if (key === 'enter') pressEnter(field);
    else writeKey(field, key);
  };
  const faces: Partial<Record<(typeof keys)[number], { readonly name: string; readonly shown: ReactNode }>> =
    {
      back: { name: t('people.back'), shown: <Icon name="back" /> },
      enter: { name: t('people.enter'), shown: <Icon name="check" /> },
    };
  return (
    <fieldset className={c('pins')} aria-label={t('people.pad')} data-pad>
      {keys.map((key) => (
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
