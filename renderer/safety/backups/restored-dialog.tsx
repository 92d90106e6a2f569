import { useTranslation } from 'react-i18next';
import type { Restored } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { phraseText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './backups.module.css';
import { restorationWords, toDo } from './restored-words.ts';

const c = classNames(styles);

interface Props {
  readonly restored: Restored;
}

function useMoment() {
  const { storeTimeZone, language } = useTill();
  return (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language);
}

/** Lost entries as far as known; only receipts tell of others. */
function LostEntries({ restored: { entries } }: Props) {
  const { t } = useTranslation();
  const { currency, language } = useTill();
  const write = useWriter(currency, language);
  const moment = useMoment();
  if (entries.length === 0) return null;
  return (
    <section aria-label={t('restored.entries')}>
      <b>{t('restored.entries')}</b>
      <ul className={c('lost')}>
        {entries.map(({ atMs, memberName, memberNumber, balance, point, state }) => (
          <li key={`${atMs} ${memberNumber} ${balance} ${point}`}>
            {t('restored.entry', {
              time: moment(atMs),
              name: memberName,
              number: memberNumber,
              sum: write.both(balance, point),
              state: t(`states.${state}`),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RestoredDialog({ restored }: Props) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { lostRows, setAside } = restored;
  const open = useTopic('counts', ({ review }) => review);
  const { title, lost } = restorationWords(restored, moment, open);
  return (
    <PinDialog
      title={phraseText(t, title)}
      lead={phraseText(t, lost)}
      action={t(lostRows === 0 && open === 0 ? 'restored.seen' : 'restored.read')}
      send={(pin) => bridge.backupsAcknowledgeRestore({ pin })}
    >
      {lostRows !== null && lostRows > 0 && <p>{t('restored.rows', { count: lostRows })}</p>}
      <LostEntries restored={restored} />
      {toDo(restored, open).map((phrase) => (
        <p key={phrase.key} className={c('do')}>
          {phraseText(t, phrase)}
        </p>
      ))}
      {lostRows !== 0 && (
        <div className={c('answers')}>
          <Button onPress={() => openGuarded({ kind: 'slips' })}>{t('slips.afterRestore')}</Button>
        </div>
      )}
      {setAside !== null && <p className={c('folder')}>{t('restored.setAside', { name: setAside })}</p>}
    </PinDialog>
  );
}
