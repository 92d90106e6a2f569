import { classNames } from '../logic/class-names.ts';
import { initialsOf, tierLook } from '../logic/member-lines.ts';
import styles from './avatar.module.css';
import { Icon } from './icons.tsx';

const c = classNames(styles);

/** A member's initials in the colour of the tier; the name itself stands beside it. */
export function Avatar({ name, tier }: { readonly name: string; readonly tier: string }) {
  const initials = initialsOf(name);
  return (
    <span className={c('avatar', tierLook(tier))} aria-hidden="true">
      {initials === '' ? <Icon name="card" /> : initials}
    </span>
  );
}
