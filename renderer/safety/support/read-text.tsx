import { classNames } from '../../kit/class-names.ts';
import styles from './support.module.css';

const c = classNames(styles);

/** Scrollable by keys, too. */
export function ReadText({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <section
      className={c('text')}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled text must be reachable by keyboard.
      tabIndex={0}
    >
      {children}
    </section>
  );
}
