import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { ErrorNote } from '../../kit/dialog-frame.tsx';
import { Logo } from '../../kit/logo.tsx';
import page from '../../kit/page.module.css';
import { sayError } from '../../shared/i18n.ts';
import { useHeading } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import told from './told-sheet.module.css';

const c = classNames(page, told);

/** The till cannot take entries: why, what that means for the money, what to do. */
export function BrokenScreen({ problem }: { readonly problem: AppError }) {
  const { t } = useTranslation();
  const headRef = useHeading();
  return (
    <div className={c('page')}>
      <main className={c('sheet', 'form')}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('broken.title')}
        </h1>
        <ErrorNote>{sayError(t, problem)}</ErrorNote>
        <p>{t('broken.money')}</p>
        <p className={c('lead')}>{t('broken.again')}</p>
        <div>
          <Button onPress={() => view.open({ kind: 'diagnostics' })}>{t('broken.diagnostics')}</Button>
        </div>
      </main>
    </div>
  );
}
