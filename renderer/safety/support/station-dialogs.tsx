import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Station } from '../../../preload/contract/index.ts';
import { CheckBox } from '../../kit/check-box.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';

export function StationDialog({ station }: { readonly station: Station }) {
  const { t } = useTranslation();
  const [startAtLogin, setStartAtLogin] = useState(station.startAtLogin);
  const [kiosk, setKiosk] = useState(station.kiosk);
  const { customerDisplay } = station;
  return (
    <PinDialog
      title={t('station.title')}
      lead={t('station.lead')}
      action={t('station.save')}
      send={(pin) => bridge.stationSave({ startAtLogin, kiosk, customerDisplay, pin })}
      takesFocus={false}
    >
      <CheckBox
        label={t('station.startAtLogin')}
        hint={t('station.startAtLoginHint')}
        isOn={startAtLogin}
        onChange={setStartAtLogin}
      />
      <CheckBox label={t('station.kiosk')} hint={t('station.kioskHint')} isOn={kiosk} onChange={setKiosk} />
    </PinDialog>
  );
}

/** On the second monitor that there is now, or on none. */
export function DisplayDialog({ station }: { readonly station: Station }) {
  const { t } = useTranslation();
  const { startAtLogin, kiosk } = station;
  const customerDisplay = !station.customerDisplay;
  return (
    <PinDialog
      title={t('station.customer')}
      lead={t('station.customerHint')}
      action={t(customerDisplay ? 'station.customerOn' : 'station.customerOff')}
      isPlain
      send={(pin) => bridge.stationSave({ startAtLogin, kiosk, customerDisplay, pin })}
    />
  );
}

/** Until the next start. */
export function LeaveKioskDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('station.leaveTitle')}
      lead={t('station.leaveLead')}
      action={t('station.leave')}
      send={(pin) => bridge.stationLeaveKiosk({ pin })}
    />
  );
}
