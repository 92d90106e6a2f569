import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { ActionsRow } from '../../kit/sets.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useQuery } from '../../shared/use-query.ts';
import { useView } from '../../shared/view.ts';

const askStation = () => bridge.stationGet({});

/** What the member sees of an entry, on a second monitor. */
export function DisplayRow() {
  const { t } = useTranslation();
  // Anew with each dialog that closes: it may have changed it.
  const isBare = useView(({ dialog }) => dialog === null);
  const { value: station } = useQuery(askStation, [isBare]);
  if (station === null) return null;
  const { customerDisplay: isOn, isCustomerShown } = station;
  return (
    <ActionsRow
      label={t('station.customer')}
      hint={t(isOn && !isCustomerShown ? 'station.customerGone' : 'station.customerHint')}
    >
      <Button onPress={() => openGuarded({ kind: 'display', station })}>
        {t(isOn ? 'station.customerOff' : 'station.customerOn')}
      </Button>
    </ActionsRow>
  );
}
