import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { initialsOf } from '../../kit/initials.ts';
import styles from './avatar.module.css';
import { tierLook } from './member-lines.ts';

const c = classNames(styles);

/** Initials in the tier's colour; the name stands beside it. */
export function Avatar({ name, tier }: { readonly name: string; readonly tier: string }) {
  const initials = initialsOf(name);
  return (
    <span className={c('avatar', tierLook(tier))} aria-hidden="true">
      {initials === '' ? <Icon name="card" /> : initials}
    </span>
  );
}
