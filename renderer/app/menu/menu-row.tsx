import { useId } from 'react';
import { classNames } from '../../kit/class-names.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { Press } from '../../kit/press.tsx';
import wholeRow from '../../kit/whole-row.module.css';
import styles from './menu.module.css';

const c = classNames(wholeRow, styles);

interface Props {
  readonly icon: IconName;
  readonly label: string;
  readonly hint: string;
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly takesFocus?: boolean;
  readonly onPress: () => void;
}

/** The whole row is the button, named by its label only. */
export function MenuRow({ icon, label, hint, shortcut, takesFocus = false, onPress }: Props) {
  const id = useId();
  return (
    <div className={c('row')}>
      <Icon name={icon} />
      <Press
        className={c('label', 'wholeRow')}
        aria-describedby={id}
        autoFocus={takesFocus}
        onPress={onPress}
      >
        {label}
      </Press>
      <span id={id} className={c('hint')}>
        {hint}
      </span>
      {shortcut !== undefined && (
        <span className={c('key')} aria-hidden="true">
          {shortcut}
        </span>
      )}
    </div>
  );
}
