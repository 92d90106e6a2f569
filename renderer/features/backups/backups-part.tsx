import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, BackupView } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { ErrorNote } from '../../kit/dialog-frame.tsx';
import { storeMoment } from '../../kit/format.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { sayError } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import type { BackupAct } from '../../shared/view-store.ts';
import styles from './backups.module.css';

const c = classNames(card, styles);

function useBackups() {
  const [state, setState] = useState<BackupView | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` says when to ask again.
  useEffect(() => {
    void bridge.backupsGet({}).then((reply) => {
      setFailure(reply.ok ? null : reply.error);
      if (reply.ok) setState(reply.value);
    });
  }, [asked]);
  return { state, failure, askAgain: () => setAsked((count) => count + 1) };
}

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
      {problem !== null && <ErrorNote>{sayError(t, problem)}</ErrorNote>}
    </div>
  );
}

/** Where this till's backups lie, how old the newest is, and what stopped the last. Made-up money has none. */
export function BackupsPart() {
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return isLive ? <LiveBackupsPart /> : null;
}

function LiveBackupsPart() {
  const { t } = useTranslation();
  const { state, failure, askAgain } = useBackups();
  const open = (act: BackupAct) => openGuarded({ kind: 'backup', act, onDone: askAgain });
  return (
    <fieldset className={c('card')}>
      <legend className={c('legend')}>{t('backups.title')}</legend>
      <p className={c('hint')}>{t('backups.lead')}</p>
      {failure !== null && <ErrorNote>{sayError(t, failure)}</ErrorNote>}
      {state !== null && <Place name={t('backups.here')} place={state.here} />}
      {state !== null && state.second !== null && <Place name={t('backups.second')} place={state.second} />}
      {state !== null && state.blackBoxProblem !== null && state.second?.problem === null && (
        <ErrorNote>{t('backups.blackBox', { why: sayError(t, state.blackBoxProblem) })}</ErrorNote>
      )}
      {state !== null && (
        <div className={c('answers')}>
          <Button onPress={() => open('now')}>{t('backups.now')}</Button>
          <Button onPress={() => open('choose')}>
            {t(state.second === null ? 'backups.choose' : 'backups.chooseOther')}
          </Button>
          {state.second !== null && <Button onPress={() => open('forget')}>{t('backups.forget')}</Button>}
          <Button onPress={() => open('move')}>{t('backups.move')}</Button>
        </div>
      )}
    </fieldset>
  );
}
