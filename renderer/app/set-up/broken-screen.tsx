import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fixedByBackup, worthAnotherTry } from '../../../preload/contract/app/values.ts';
import type { AppError, ClosedTill } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Logo } from '../../kit/logo.tsx';
import page from '../../kit/page.module.css';
import { RestoreSheet } from '../../safety/backups/index.ts';
import { till } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { useHeading } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import { MovedScreen, useClosedTill } from './moved-screen.tsx';
import notice from './notice-sheet.module.css';

const c = classNames(page, notice);

function Why({ problem, onRestore }: { readonly problem: AppError; readonly onRestore: () => void }) {
  const { t } = useTranslation();
  const [isTrying, setTrying] = useState(false);
  const mayPass = worthAnotherTry.includes(problem.code);
  const tryAgain = async () => {
    setTrying(true);
    // The result is the next snapshot.
    await till.appOpenAgain({});
    setTrying(false);
  };
  return (
    <>
      <ErrorNote>{errorText(t, problem)}</ErrorNote>
      <dl className={c('told')}>
        <div>
          <dt className={c('fine')}>
            <Icon name="safety" />
            {t('broken.moneyTitle')}
          </dt>
          <dd>{t('broken.money')}</dd>
        </div>
        <div>
          <dt>
            <Icon name="go" />
            {t('broken.doTitle')}
          </dt>
          <dd>{t(mayPass ? 'broken.doTryAgain' : 'broken.again')}</dd>
        </div>
        <div>
          <dt>
            <Icon name="pen" />
            {t('broken.untilTitle')}
          </dt>
          <dd>{t('broken.until')}</dd>
        </div>
      </dl>
      <Answers>
        {mayPass && (
          <Button look="primary" isDisabled={isTrying} onPress={() => void tryAgain()}>
            {t('broken.tryAgain')}
          </Button>
        )}
        {fixedByBackup.includes(problem.code) && (
          <Button look={mayPass ? 'ghost' : 'primary'} onPress={onRestore}>
            {t('broken.restore')}
          </Button>
        )}
        <Button onPress={() => view.open({ kind: 'diagnostics' })}>{t('broken.diagnostics')}</Button>
      </Answers>
    </>
  );
}

/** Why no till is open; a moved till is no failure. */
export function BrokenScreen({ problem }: { readonly problem: AppError }) {
  const closed = useClosedTill(problem.code);
  if (closed === undefined && problem.code === 'till-retired') return null;
  const moved = closed?.moved ?? null;
  if (closed === undefined || moved === null) return <Broken problem={problem} closed={closed} />;
  return <MovedScreen moved={moved} closed={closed} />;
}

interface BrokenProps {
  readonly problem: AppError;
  /** Undefined until main has replied. */
  readonly closed: ClosedTill | undefined;
}

function Broken({ problem, closed }: BrokenProps) {
  const { t } = useTranslation();
  const headRef = useHeading();
  const [isRestoring, setRestoring] = useState(false);
  return (
    <div className={c('page')}>
      <main className={c('form', ...(isRestoring ? (['sheet', 'card'] as const) : (['alone'] as const)))}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t(isRestoring ? 'restore.title' : 'broken.title')}
        </h1>
        {isRestoring ? (
          <RestoreSheet closed={closed} onBack={() => setRestoring(false)} />
        ) : (
          <Why problem={problem} onRestore={() => setRestoring(true)} />
        )}
      </main>
    </div>
  );
}
