import { classNames } from './class-names.ts';
import styles from './hidden-sum.module.css';
import unseen from './unseen.module.css';

const c = classNames(styles, unseen);

/** In the place of a sum that is not shown yet; why is said beside it, and to whoever hears the page. */
export function HiddenSum({ label }: { readonly label: string }) {
  return (
    <span className={c('hidden')}>
      <span className={c('bar')} aria-hidden="true" />
      <span className={c('unseen')}>{label}</span>
    </span>
  );
}
