import { useTranslation } from 'react-i18next';
import type { MatchAsk, MatchReason } from '../../../preload/contract/index.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { TakeAlongDialog } from '../find/index.ts';
import { reasons } from './reasons.ts';

/** Exports all piles, with instructions in the screen's language. */
export function ExportMatchDialog() {
  const { t } = useTranslation();
  const words = Object.fromEntries(
    reasons.map((reason) => [reason, t(`matching.reasons.${reason}`)]),
  ) as Record<MatchReason, string>;
  return (
    <TakeAlongDialog
      title={t('matching.export.title')}
      lead={t('matching.export.lead')}
      of="match"
      send={(pin, file) => till.matchingExport(file === undefined ? { words, pin } : { words, file, pin })}
    />
  );
}

/** Begins a matching, or resumes the stopped one. */
export function MatchDialog({ ask }: { readonly ask: MatchAsk | null }) {
  const { t } = useTranslation();
  const isNew = ask !== null;
  return (
    <PinDialog
      title={t(isNew ? 'matching.startTitle' : 'matching.goOnTitle')}
      lead={t(isNew ? 'matching.startLead' : 'matching.goOnLead')}
      action={t(isNew ? 'matching.start' : 'matching.goOn')}
      isPlain
      send={(pin) => till.matchingStart({ ask, pin })}
    />
  );
}
