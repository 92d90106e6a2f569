import { useTranslation } from 'react-i18next';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText, phraseText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { standPhrase } from './update-words.ts';

/** The menu's row: installs what is ready, or checks. Null without updates, and in practice. */
export function useUpdateRow() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const update = useTopic('update');
  const { state, version, whyNot, problem, megabytes } = update;
  if (state === 'off' || !isLive) return null;
  if (state === 'ready') {
    const why = t(`updates.why.${whyNot[0] ?? 'outside-hours'}`);
    return {
      label: t('updates.now'),
      hint: t('updates.readyWhy', { version, why }),
      isCalled: true,
      onPress: () => openGuarded({ kind: 'update' }),
    };
  }
  if (state === 'offered') {
    return {
      label: t('updates.download'),
      hint: t('updates.offeredHint', { version, megabytes }),
      isCalled: true,
      onPress: () => openGuarded({ kind: 'update-download' }),
    };
  }
  return {
    label: t('updates.look'),
    hint: problem === null ? phraseText(t, standPhrase(update)) : errorText(t, problem),
    isCalled: problem !== null,
    onPress: () => void bridge.updatesCheck({}),
  };
}
