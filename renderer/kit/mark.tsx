import icon from '../../build/icon.svg';
import { classNames } from './class-names.ts';
import styles from './mark.module.css';

const c = classNames(styles);

/** The app's icon; its name stands in the title beside it. */
export function Mark() {
  return <img src={icon} className={c('mark')} width="64" height="64" alt="" />;
}
