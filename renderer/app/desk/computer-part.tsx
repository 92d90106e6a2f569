import { useTranslation } from 'react-i18next';
import { ActRow } from '../../kit/act-row.tsx';
import { Button } from '../../kit/button.tsx';
import { Part } from '../../kit/part.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { useView, view } from '../../shared/view.ts';
import { useUpdateRow } from '../../updates/updates/index.ts';

const askStation = () => bridge.stationGet({});

/** The shop's settings cannot be changed from practice. */
function StationRows() {
  const { t } = useTranslation();
  // Anew with each dialog that closes: it may have changed it.
  const isBare = useView(({ dialog }) => dialog === null);
  const { value: station } = useQuery(askStation, [isBare]);
  if (station === null) return null;
  return (
    <>
      <ActRow icon="settings" tone="neutral" title={t('computer.station')} line={t('computer.stationHint')}>
        <Button onPress={() => openGuarded({ kind: 'station', station })}>{t('computer.change')}</Button>
      </ActRow>
      {station.isKiosk && (
        <ActRow
          icon="lock"
          tone="neutral"
          title={t('computer.leaveKiosk')}
          line={t('computer.leaveKioskHint')}
        >
          <Button onPress={() => openGuarded({ kind: 'leave-kiosk' })}>{t('computer.leave')}</Button>
        </ActRow>
      )}
    </>
  );
}

function UpdateRow() {
  const { t } = useTranslation();
  const update = useUpdateRow();
  if (update === null) return null;
  const { label, hint, isCalled, onPress } = update;
  return (
    <ActRow
      icon={isCalled ? 'warn' : 'check'}
      tone={isCalled ? 'warn' : 'neutral'}
      title={t('computer.version')}
      line={hint}
    >
      <Button onPress={onPress}>{label}</Button>
    </ActRow>
  );
}

/** How Counterfoil runs on this computer, its updates, and what it is. */
export function ComputerPart() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return (
    <Part title={t('computer.title')}>
      <div>
        {isLive && <StationRows />}
        <UpdateRow />
        <ActRow icon="receipts" tone="neutral" title={t('computer.about')} line={t('computer.aboutHint')}>
          <Button onPress={() => view.open({ kind: 'about' })}>{t('computer.show')}</Button>
        </ActRow>
      </div>
    </Part>
  );
}
