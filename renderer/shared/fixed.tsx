import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Setter, whoSets } from '../../preload/contract/app/values.ts';
import { classNames } from '../kit/class-names.ts';
import { Icon } from '../kit/icons.tsx';
import styles from './fixed.module.css';
import { useTopic } from './topics.ts';

const c = classNames(styles);

/** Who decides on a setting of this till. */
export const useSetter = (name: string): Setter => {
  const it = useTopic('till', (till) => till?.setByIt);
  const owner = useTopic('chain', (chain) => chain?.sets);
  return whoSets(name, { it: it ?? [], owner: owner ?? [] });
};

/** Why a setting is not changed here. */
export function FixedNote({ by }: { readonly by: Exclude<Setter, 'manager'> }) {
  const { t } = useTranslation();
  return (
    <p className={c('why')}>
      <Icon name="lock" />
      {t(`fixed.${by}`)}
    </p>
  );
}

interface Props {
  /** As `whoSets` knows it. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A setting that may be set above this till: then it is shown, and not changed here. */
export function Fixed({ name, children }: Props) {
  const by = useSetter(name);
  if (by === 'manager') return children;
  return (
    <fieldset className={c('fixed')} disabled>
      {children}
      <FixedNote by={by} />
    </fieldset>
  );
}
