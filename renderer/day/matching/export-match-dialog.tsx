import { useTranslation } from 'react-i18next';
import type { MatchReason } from '../../../preload/contract/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { TakeAlongDialog } from '../find/index.ts';
import { reasons } from './reasons.ts';

/** All four piles go into a file, with what to do in the language of the screen. */
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
      send={(pin) => bridge.matchingExport({ words, pin })}
    />
  );
}
