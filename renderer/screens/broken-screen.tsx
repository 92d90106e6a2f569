import { useTranslation } from 'react-i18next';
import type { AppError } from '../../preload/contract/index.ts';
import { ErrorNote } from '../components/dialog-frame.tsx';
import { Mark } from '../components/mark.tsx';
import { sayError } from '../i18n.ts';
import { classNames } from '../logic/class-names.ts';
import styles from './broken-screen.module.css';
import { useHeading } from './use-focus-home.ts';

const c = classNames(styles);

/** The till cannot take entries: why, what that means for the money, what to do. */
export function BrokenScreen({ problem }: { readonly problem: AppError }) {
  const { t } = useTranslation();
  const headRef = useHeading();
  return (
    <div className={c('page')}>
      <main className={c('form')}>
        <Mark />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('broken.title')}
        </h1>
        <ErrorNote>{sayError(t, problem)}</ErrorNote>
        <p>{t('broken.money')}</p>
        <p className={c('lead')}>{t('broken.again')}</p>
      </main>
    </div>
  );
}
