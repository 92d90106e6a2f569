import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { till } from '../../bridge.ts';
import { TextBox } from '../../components/text-box.tsx';
import { useWriter } from '../../components/use-writer.ts';
import { topUp, useSnapshot, useTill, view } from '../../stores/index.ts';
import { FormDialog, useSubmit } from './form-dialog.tsx';
import { PinDialog } from './pin-dialog.tsx';

export function ReverseDialog({ entry, requestId }: { readonly entry: Entry; readonly requestId: string }) {
  const { t } = useTranslation();
  const current = useTill();
  const write = useWriter(current.currency, current.language);
  return (
    <PinDialog
      title={t('reverse.title', { reference: entry.reference })}
      lead={t('reverse.lead', {
        what: write.both(entry.balanceIncrement, entry.pointIncrement),
        name: entry.memberName || t('member.unnamed', { number: entry.memberNumber }),
      })}
      action={t('reverse.confirm')}
      send={(pin) => till.entriesReverse({ id: entry.id, requestId, pin })}
      onDone={() => void view.search()}
    />
  );
}

export function ResumeDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('pause.resumeTitle')}
      lead={t('pause.resumeLead')}
      action={t('pause.resume')}
      send={(pin) => till.syncResume({ pin })}
    />
  );
}

/** Entries are taken again after the longest time without sending. */
export function ContinueOfflineDialog() {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('offlinePolicy.continueTitle')}
      lead={t('offlinePolicy.continueLead')}
      action={t('offlinePolicy.continueConfirm')}
      send={(pin) => till.policyContinueOffline({ pin })}
      onDone={topUp.dismissFailure}
    />
  );
}

export function ReplaceKeyDialog() {
  const { t } = useTranslation();
  const isPinSet = useSnapshot((snapshot) => snapshot.managerPinSet);
  const [appKey, setAppKey] = useState('');
  const [pin, setPin] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { submit, isWorking, error } = useSubmit(
    () => till.setupReplaceKey({ appKey: appKey.trim(), pin }),
    view.close,
  );
  const trySubmit = () => {
    setMissing(appKey.trim() === '');
    if (appKey.trim() !== '') submit();
  };
  return (
    <FormDialog
      title={t('replaceKey.title')}
      lead={t('replaceKey.lead')}
      action={t('replaceKey.confirm')}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
    >
      <TextBox
        label={t('replaceKey.newKey')}
        type="password"
        value={appKey}
        onChange={setAppKey}
        onEnter={trySubmit}
        takesFocus
        error={isMissing && appKey.trim() === '' ? t('replaceKey.missing') : undefined}
      />
      {isPinSet && (
        <TextBox
          label={t('manager.pin')}
          type="password"
          inputMode="numeric"
          value={pin}
          onChange={setPin}
          onEnter={trySubmit}
        />
      )}
    </FormDialog>
  );
}
