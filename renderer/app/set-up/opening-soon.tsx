import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import styles from './opening-soon.module.css';

const c = classNames(styles);

/** Fades in late: most tills are open before. */
export function OpeningSoon() {
  const { t } = useTranslation();
  return <p className={c('soon')}>{t('app.loading')}</p>;
}
