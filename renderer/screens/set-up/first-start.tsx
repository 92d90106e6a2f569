import type { ReactNode } from 'react';
import { Button as Pressable } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { till } from '../../bridge.ts';
import { ErrorNote } from '../../components/dialog-frame.tsx';
import { Icon } from '../../components/icons.tsx';
import { Mark } from '../../components/mark.tsx';
import { sayError } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { useSnapshot, view } from '../../stores/index.ts';
import { useSubmit } from '../dialogs/form-dialog.tsx';
import { useHeading } from '../use-focus-home.ts';
import styles from './first-start.module.css';
import { TicketStage } from './ticket-stage.tsx';

const c = classNames(styles);

interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly isFirst?: boolean;
  readonly onPress: () => void;
}

function Choice({ label, hint, isFirst = false, onPress }: ChoiceProps): ReactNode {
  return (
    <Pressable className={c('choice', isFirst && 'first')} onPress={onPress}>
      <b>{label}</b>
      <span className={c('hint')}>{hint}</span>
      <span className={c('arrow')}>
        <Icon name="go" />
      </span>
    </Pressable>
  );
}

/** Nothing is set up yet: what this does, shown, and the two ways in. */
export function FirstStart() {
  const { t } = useTranslation();
  const headRef = useHeading();
  const problem = useSnapshot((snapshot) => snapshot.problem);
  const practice = useSubmit(
    () => till.setupOpenPractice({}),
    () => undefined,
  );
  const error = practice.error ?? problem;
  return (
    <div className={c('page')}>
      <main className={c('start')}>
        <div>
          <Mark />
          <h1 ref={headRef} tabIndex={-1} className={c('title')}>
            {t('firstStart.title')}
          </h1>
          <p className={c('lead')}>{t('firstStart.lead')}</p>
          {error !== null && <ErrorNote>{sayError(t, error)}</ErrorNote>}
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
          </div>
        </div>
        <TicketStage />
      </main>
    </div>
  );
}
