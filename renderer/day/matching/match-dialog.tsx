import { useTranslation } from 'react-i18next';
import type { MatchAsk } from '../../../preload/contract/index.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';

/** A manager begins a matching, or goes on with the one that was stopped. */
export function MatchDialog({ ask }: { readonly ask: MatchAsk | null }) {
  const { t } = useTranslation();
  const isNew = ask !== null;
  return (
    <PinDialog
      title={t(isNew ? 'matching.startTitle' : 'matching.goOnTitle')}
      lead={t(isNew ? 'matching.startLead' : 'matching.goOnLead')}
      action={t(isNew ? 'matching.start' : 'matching.goOn')}
      send={(pin) => till.matchingStart({ ask, pin })}
    />
  );
}
