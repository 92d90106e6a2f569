import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import { tenderWords } from '../../kit/tender-words.ts';
import { topUp } from './form.ts';
import styles from './more-ways.module.css';
import panel from './top-up-panel.module.css';

const c = classNames(panel, styles);

interface Props {
  readonly ways: readonly string[];
  readonly chosen: string;
  readonly isDisabled: boolean;
}

/** The ways beyond the first: they open over the list beside the form, never over the keypad. */
export function MoreWays({ ways, chosen, isDisabled }: Props) {
  const { t } = useTranslation();
  const ref = useRef<HTMLFieldSetElement>(null);
  const isChosen = ways.includes(chosen);
  const open = () => {
    ref.current?.showPopover();
    ref.current?.querySelector('button')?.focus();
  };
  const choose = (way: string) => {
    ref.current?.hidePopover();
    topUp.pay(way);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(ref.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const isDown = event.key === 'ArrowDown' || event.key === 'ArrowRight';
    const isUp = event.key === 'ArrowUp' || event.key === 'ArrowLeft';
    if (isDown || isUp) buttons[(at + (isDown ? 1 : buttons.length - 1)) % buttons.length]?.focus();
    else if (event.key === 'Escape') {
      ref.current?.hidePopover();
      topUp.focusTender();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <Press
        className={c('tile')}
        isDisabled={isDisabled}
        isSelected={isChosen}
        aria-haspopup="true"
        onPress={open}
        data-char="4"
      >
        <span>{isChosen ? tenderWords(t, chosen) : t('form.more')}</span>
        <span className={c('hint')} aria-hidden="true">
          4
        </span>
      </Press>
      <fieldset
        ref={ref}
        popover="auto"
        aria-label={t('form.more')}
        className={c('others')}
        onKeyDown={onKeyDown}
        data-keeps-focus
      >
        {ways.map((way) => (
          <Press key={way} className={c('tile', 'other')} onPress={() => choose(way)}>
            {tenderWords(t, way)}
          </Press>
        ))}
      </fieldset>
    </>
  );
}
