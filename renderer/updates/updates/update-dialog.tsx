import { useTranslation } from 'react-i18next';
import { PinDialog } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { sayAll } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';

/** These hold an update back that starts by itself; a manager who presses is past them. */
const onlyBySelf: readonly string[] = [
  'in-use',
  'outside-hours',
  'not-confirmed',
  'administrator',
  'failed-before',
];

/** Says what it takes of a line that costs by use, and lets it be taken. */
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

/** Says what will happen and what holds it, and does it. */
export function UpdateDialog() {
  const { t } = useTranslation();
  const { version, whyNot } = useTopic('update');
  const holding = whyNot.find((blocker) => !onlyBySelf.includes(blocker));
  return (
    <PinDialog
      title={t('updates.title', { version })}
      lead={sayAll(t, [t('updates.lead'), ...(holding === undefined ? [] : [t(`updates.why.${holding}`)])])}
      action={t('updates.now')}
      send={(pin) => bridge.updatesInstallNow({ pin })}
    />
  );
}
