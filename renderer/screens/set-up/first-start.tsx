import { Button as Pressable } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { till } from '../../bridge.ts';
import { ErrorNote } from '../../components/dialog-frame.tsx';
import { Mark } from '../../components/mark.tsx';
import { sayError } from '../../i18n.ts';
import { classNames } from '../../logic/class-names.ts';
import { useSnapshot, view } from '../../stores/index.ts';
import { useSubmit } from '../dialogs/form-dialog.tsx';
import { useHeading } from '../use-focus-home.ts';
import styles from './set-up.module.css';

const c = classNames(styles);

export function FirstStart() {
  const { t } = useTranslation();
  const headRef = useHeading();
  const problem = useSnapshot((snapshot) => snapshot.problem);
  const practice = useSubmit(
    () => till.setupOpenPractice({}),
    () => undefined,
  );
  return (
    <div className={c('page')}>
      <main className={c('start')}>
        <Mark />
        <h1 ref={headRef} tabIndex={-1} className={c('title')}>
          {t('firstStart.title')}
        </h1>
        <p className={c('lead')}>{t('firstStart.lead')}</p>
        {problem !== null && (
          <div className={c('told', 'apart')}>
            <ErrorNote>{sayError(t, problem)}</ErrorNote>
          </div>
        )}
        <div className={c('choices')}>
          <Pressable className={c('choice', 'first')} onPress={() => view.setUp(true)}>
            <b>{t('firstStart.live')}</b>
            <span className={c('lead')}>{t('firstStart.liveHint')}</span>
          </Pressable>
          <Pressable className={c('choice', 'second')} onPress={practice.submit}>
            <b>{t('firstStart.practice')}</b>
            <span className={c('lead')}>
              {t(practice.isWorking ? 'firstStart.opening' : 'firstStart.practiceHint')}
            </span>
          </Pressable>
        </div>
        {practice.error !== null && (
          <div className={c('apart')}>
            <ErrorNote>{sayError(t, practice.error)}</ErrorNote>
          </div>
        )}
      </main>
    </div>
  );
}
