import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Logo } from '../../kit/logo.tsx';
import page from '../../kit/page.module.css';
import { useHeading } from '../../shared/use-focus-home.ts';
import notice from './notice-sheet.module.css';

const c = classNames(page, notice);

/** A new version is tried on a copy first: a minute or two. */
export function UpdatingScreen({ version }: { readonly version: string }) {
  const { t } = useTranslation();
  const headRef = useHeading();
  return (
    <div className={c('page')}>
      <main className={c('alone', 'form')}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('opening.updating', { version })}
        </h1>
        <p>{t('opening.updatingMoney')}</p>
        <p className={c('lead')}>{t('opening.updatingWait')}</p>
      </main>
    </div>
  );
}
