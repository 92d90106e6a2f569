import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { till } from '../../bridge.ts';
import { TextBox } from '../../components/text-box.tsx';
import { useWriter } from '../../components/use-writer.ts';
import { topUp, useSnapshot, useTill, view } from '../../stores/index.ts';
import { FormDialog, useSubmit } from './form-dialog.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { usePin } from './use-pin.tsx';

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
  const [isMissing, setMissing] = useState(false);
  const keyRef = useRef<HTMLInputElement>(null);
  const pin = usePin();
  const { submit, isWorking, error, forget } = useSubmit(
    () => till.setupReplaceKey({ appKey: appKey.trim(), pin: pin.pin }),
    view.close,
    (failure) => {
      pin.onFailure(failure);
      if (failure.code !== 'key-refused') return;
      keyRef.current?.focus();
      keyRef.current?.select();
    },
  );
  const trySubmit = () => {
    forget();
    setMissing(appKey.trim() === '');
    if (appKey.trim() === '') keyRef.current?.focus();
    else submit();
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
        inputRef={keyRef}
        takesFocus
        error={isMissing && appKey.trim() === '' ? t('replaceKey.missing') : undefined}
      />
      {isPinSet && pin.box(trySubmit, false)}
    </FormDialog>
  );
}
