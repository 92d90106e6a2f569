import { useTranslation } from 'react-i18next';
import { numberFormat } from '../../../preload/contract/app/values.ts';
import type { Topics } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { Logo } from '../../kit/logo.tsx';
import page from '../../kit/page.module.css';
import { Progress } from '../../kit/progress.tsx';
import { useHeading } from '../../shared/use-focus-home.ts';
import notice from './notice-sheet.module.css';

const c = classNames(page, notice);

interface Props {
  readonly progress: Topics['opening'];
  readonly update: Topics['update'] | undefined;
}

/** For an opening that takes long. */
export function OpeningScreen({ progress, update }: Props) {
  return progress === null ? (
    <Updating version={update?.version ?? ''} />
  ) : (
    <PuttingInOrder progress={progress} />
  );
}

/** A new version is tried on a copy first: a minute or two. */
function Updating({ version }: { readonly version: string }) {
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

/** An update migrates the records: its progress, and that no money is affected. */
function PuttingInOrder({ progress }: { readonly progress: NonNullable<Topics['opening']> }) {
  const { t, i18n } = useTranslation();
  const headRef = useHeading();
  const percent = Math.floor((progress.done / progress.of) * 100);
  const count = (rows: number) => numberFormat(i18n.language, {}).format(rows);
  return (
    <div className={c('page')}>
      <main className={c('alone', 'form')}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('opening.title')}
        </h1>
        <Progress label={t('opening.progress')} percent={percent}>
          {t('opening.rows', { done: count(progress.done), of: count(progress.of) })}
        </Progress>
        <p>{t('opening.money')}</p>
        <p className={c('lead')}>{t('opening.wait')}</p>
      </main>
    </div>
  );
}
