import type { ReactNode } from 'react';
import card from './card.module.css';
import { classNames } from './class-names.ts';
import styles from './part.module.css';

const c = classNames(card, styles);

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

/** A card of the settings: what stands in it belongs together. */
export function Part({ title, hint, children }: Props) {
  return (
    <fieldset className={c('card')}>
      <legend className={c('legend')}>{title}</legend>
      {hint !== undefined && <p className={c('hint')}>{hint}</p>}
      {children}
    </fieldset>
  );
}
