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
  const [customerDisplay, setCustomerDisplay] = useState(station.customerDisplay);
  const isMonitorGone = station.customerDisplay && !station.isCustomerShown;
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
      <CheckBox
        label={t('station.customer')}
        hint={t(isMonitorGone ? 'station.customerGone' : 'station.customerHint')}
        isOn={customerDisplay}
        onChange={setCustomerDisplay}
      />
    </PinDialog>
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
