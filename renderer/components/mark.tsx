import { useTranslation } from 'react-i18next';
import { classNames } from '../logic/class-names.ts';
import styles from './mark.module.css';

const c = classNames(styles);

/** A slip and the stub that stays with the shop. */
export function Mark() {
  const { t } = useTranslation();
  return (
    <p className={c('mark')}>
      <svg
        width="28"
        height="20"
        viewBox="0 0 28 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        aria-hidden="true"
      >
        <rect x="1.5" y="1.5" width="25" height="17" rx="3" />
        <path d="M10 2v16" strokeDasharray="2.5 2.5" />
        <path d="M14.5 7.5h7M14.5 12h4" strokeLinecap="round" />
      </svg>
      {t('app.name')}
    </p>
  );
}
