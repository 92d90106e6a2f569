import icon from '../../build/icon.svg';
import { classNames } from './class-names.ts';
import styles from './logo.module.css';

const c = classNames(styles);

/** The app's icon; its name stands in the title beside it. */
export function Logo() {
  return <img src={icon} className={c('logo')} width="64" height="64" alt="" />;
}
