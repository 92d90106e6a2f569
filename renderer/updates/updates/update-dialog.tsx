import { useTranslation } from 'react-i18next';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { joinSentences } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';

/** These hold back unattended updates only. */
const onlyBySelf: readonly string[] = [
  'in-use',
  'outside-hours',
  'not-confirmed',
  'administrator',
  'failed-before',
];

/** Names the size first, for metered lines. */
export function UpdateDownloadDialog() {
  const { t } = useTranslation();
  const { version, megabytes } = useTopic('update');
  return (
    <PinDialog
      title={t('updates.downloadTitle', { version })}
      lead={t('updates.downloadLead', { megabytes })}
      action={t('updates.download')}
      send={(pin) => bridge.updatesDownload({ pin })}
    />
  );
}

export function UpdateDialog() {
  const { t } = useTranslation();
  const { version, whyNot } = useTopic('update');
  const holding = whyNot.find((blocker) => !onlyBySelf.includes(blocker));
  return (
    <PinDialog
      title={t('updates.title', { version })}
      lead={joinSentences(t, [
        t('updates.lead'),
        ...(holding === undefined ? [] : [t(`updates.why.${holding}`)]),
      ])}
      action={t('updates.now')}
      send={(pin) => bridge.updatesInstallNow({ pin })}
    />
  );
}
