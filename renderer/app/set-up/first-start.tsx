import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../../kit/answers.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import { Logo } from '../../kit/logo.tsx';
import page from '../../kit/page.module.css';
import { Press } from '../../kit/press.tsx';
import { RestoreSheet } from '../../safety/backups/index.ts';
import { till } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { useHeading } from '../../shared/use-focus-home.ts';
import { view } from '../../shared/view.ts';
import styles from './first-start.module.css';
import { TicketStage } from './ticket-stage.tsx';

const c = classNames(page, styles);

interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly isFirst?: boolean;
  readonly onPress: () => void;
}

function Choice({ label, hint, isFirst = false, onPress }: ChoiceProps): ReactNode {
  return (
    <Press className={c('choice', isFirst && 'first')} onPress={onPress}>
      <b>{label}</b>
      <span className={c('hint')}>{hint}</span>
      <span className={c('arrow')}>
        <Icon name="go" />
      </span>
    </Press>
  );
}

export function FirstStart() {
  const [isRestoring, setRestoring] = useState(false);
  return isRestoring ? (
    <RestoreFirst onBack={() => setRestoring(false)} />
  ) : (
    <Welcome onRestore={() => setRestoring(true)} />
  );
}

function RestoreFirst({ onBack }: { readonly onBack: () => void }) {
  const { t } = useTranslation();
  const headRef = useHeading();
  return (
    <div className={c('page')}>
      <main className={c('sheet', 'restore')}>
        <Logo />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('restore.title')}
        </h1>
        <RestoreSheet onBack={onBack} />
      </main>
    </div>
  );
}

function Welcome({ onRestore }: { readonly onRestore: () => void }) {
  const { t } = useTranslation();
  const headRef = useHeading();
  const problem = useTopic('problem');
  const practice = useSubmit(
    () => till.setupOpenPractice({}),
    () => undefined,
  );
  const error = practice.error ?? problem;
  return (
    <div className={c('page')}>
      <main className={c('sheet', 'start')}>
        <div>
          <Logo />
          <h1 ref={headRef} tabIndex={-1} className={c('title')}>
            {t('firstStart.title')}
          </h1>
          <p className={c('lead')}>{t('firstStart.lead')}</p>
          {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
          <div className={c('choices')}>
            <Choice
              isFirst
              label={t('firstStart.live')}
              hint={t('firstStart.liveHint')}
              onPress={() => view.setUp(true)}
            />
            <Choice
              label={t('firstStart.practice')}
              hint={t(practice.isWorking ? 'firstStart.opening' : 'firstStart.practiceHint')}
              onPress={practice.submit}
            />
            <Choice label={t('firstStart.restore')} hint={t('firstStart.restoreHint')} onPress={onRestore} />
          </div>
        </div>
        <TicketStage />
      </main>
    </div>
  );
}
