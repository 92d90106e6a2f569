import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { joinSentences } from '../../shared/i18n.ts';
import { openContinue, openGuarded, openReplaceKey } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './pause-panel.module.css';

const c = classNames(styles);

/** Worth a warning before KYBIO refuses calls for clock skew. */
const NOTABLE_SKEW_MS = 120_000;

export function ClockNote() {
  const { t } = useTranslation();
  const skewMs = useTopic('link', ({ clockSkewMs }) => Math.abs(clockSkewMs ?? 0));
  const isPaused = useTopic('link', (link) => link.state === 'paused');
  if (isPaused || skewMs < NOTABLE_SKEW_MS) return null;
  return <p className={c('clock')}>{t('clock.note', { minutes: Math.round(skewMs / 60_000) })}</p>;
}

/** Offline for longer than the policy allows: no new entries. */
export function OfflinePanel() {
  const { t } = useTranslation();
  const till = useTill();
  const { stopped, sinceMs } = useTopic('offline');
  if (!stopped) return null;
  const time = storeMoment(sinceMs ?? Date.now(), Date.now(), till.storeTimeZone, till.language);
  return (
    <section className={c('pause')} aria-labelledby="offline-title">
      <h2 id="offline-title" className={c('title')}>
        {t('offlinePolicy.title')}
      </h2>
      <p>{t('offlinePolicy.what', { time })}</p>
      <div className={c('answers')}>
        <Button onPress={openContinue}>{t('offlinePolicy.continue')}</Button>
      </div>
    </section>
  );
}

/** Two equal answers. */
function WhichGoesOn() {
  const { t } = useTranslation();
  return (
    <>
      <Button onPress={() => openGuarded({ kind: 'go-on-here' })}>{t('pause.goOnHere')}</Button>
      <Button onPress={() => openGuarded({ kind: 'stand-down' })}>{t('pause.standDown')}</Button>
    </>
  );
}

export function PausePanel() {
  const { t } = useTranslation();
  const till = useTill();
  const pause = useTopic('link', (link) => (link.state === 'paused' ? link.pause : null));
  if (pause === null) return null;
  const { reason, words, needsManager } = pause;
  const isKey = reason === 'credentials' || reason === 'key-lost';
  const time = storeMoment(pause.sinceMs, Date.now(), till.storeTimeZone, till.language);
  return (
    <section className={c('pause')} aria-labelledby="pause-title">
      <h2 id="pause-title" className={c('title')}>
        {t(`pauses.${reason}.title`)}
      </h2>
      <p>
        {t(`pauses.${reason}.what`)}
        {t('app.sentenceGap')}
        <span className={c('do')}>{t(`pauses.${reason}.do`)}</span>
      </p>
      <p className={c('words')}>
        {joinSentences(t, [
          t('pause.since', { time }),
          ...(words === '' ? [] : [t('pause.kybio', { words })]),
        ])}
      </p>
      {(needsManager || isKey) && (
        <div className={c('answers')}>
          {isKey && (
            <Button look="primary" onPress={openReplaceKey}>
              {t('pause.replaceKey')}
            </Button>
          )}
          {reason === 'till-copy' && <WhichGoesOn />}
          {needsManager && reason !== 'till-copy' && (
            <Button onPress={() => openGuarded({ kind: 'resume' })}>{t('pause.resume')}</Button>
          )}
        </div>
      )}
    </section>
  );
}
