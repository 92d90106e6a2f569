import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../../preload/contract/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Part } from '../../kit/part.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import type { BackupAct } from '../../shared/view-store.ts';
import styles from './backups.module.css';

const c = classNames(styles);

const askBackups = () => bridge.backupsGet({});

interface PlaceProps {
  readonly name: string;
  readonly place: BackupView['here'];
}

function Place({ name, place }: PlaceProps) {
  const { t } = useTranslation();
  const { storeTimeZone, language } = useTill();
  const { newestAtMs, count, folder, problem } = place;
  const moment = (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language);
  return (
    <div className={c('place')}>
      <span className={c('name')}>{name}</span>
      <span>
        {newestAtMs === null ? t('backups.never') : t('backups.newest', { time: moment(newestAtMs), count })}
      </span>
      <span className={c('folder')}>{folder}</span>
      {problem !== null && <ErrorNote>{errorText(t, problem)}</ErrorNote>}
    </div>
  );
}

/** The places, the newest backups and the last errors. Practice has none. */
export function BackupsPart() {
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return isLive ? <LiveBackupsPart /> : null;
}

function LiveBackupsPart() {
  const { t } = useTranslation();
  const { value: state, failure, askAgain } = useQuery(askBackups);
  const open = (act: BackupAct) => openGuarded({ kind: 'backup', act, onDone: askAgain });
  return (
    <Part title={t('backups.title')} hint={t('backups.lead')}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {state !== null && <Place name={t('backups.here')} place={state.here} />}
      {state !== null && state.second !== null && <Place name={t('backups.second')} place={state.second} />}
      {state !== null && state.blackBoxProblem !== null && state.second?.problem === null && (
        <ErrorNote>{t('backups.blackBox', { why: errorText(t, state.blackBoxProblem) })}</ErrorNote>
      )}
      {state !== null && (
        <div className={c('answers')}>
          <Button onPress={() => open('now')}>{t('backups.now')}</Button>
          <Button onPress={() => open('choose')}>
            {t(state.second === null ? 'backups.choose' : 'backups.chooseOther')}
          </Button>
          {state.second !== null && <Button onPress={() => open('forget')}>{t('backups.forget')}</Button>}
          <Button onPress={() => open('move')}>{t('backups.move')}</Button>
          <Button onPress={() => openGuarded({ kind: 'slips' })}>{t('waysOut.slips')}</Button>
        </div>
      )}
    </Part>
  );
}
