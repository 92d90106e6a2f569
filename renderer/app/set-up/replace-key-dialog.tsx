import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextBox } from '../../kit/text-box.tsx';
import { PinForgotten, usePin } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { FormDialog, useSubmit } from '../../shared/form-dialog.tsx';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';

export function ReplaceKeyDialog() {
  const { t } = useTranslation();
  const isPinSet = useTopic('managerPinSet');
  // Without the keyring no PIN can be tested: the recovery code serves, and main says so where the pause does not.
  const isKeyLost = useTopic('link', ({ pause }) => pause?.reason === 'key-lost');
  const [needsCode, needCode] = useState(false);
  const isCode = isPinSet && (isKeyLost || needsCode);
  // Where people are set up each manager has one of their own, which does not serve here.
  const hasPeople = useTopic('people', (people) => people !== null);
  const label = isCode ? t('manager.code') : hasPeople ? t('people.tillPin') : undefined;
  const [appKey, setAppKey] = useState('');
  const [isMissing, setMissing] = useState(false);
  const keyRef = useRef<HTMLInputElement>(null);
  const pin = usePin();
  const { submit, isWorking, error, forget } = useSubmit(
    () => till.setupReplaceKey({ appKey: appKey.trim(), pin: pin.pin }),
    view.close,
    (failure) => {
      pin.onFailure(failure);
      if (failure.code === 'recovery-code-wrong') needCode(true);
      if (failure.code !== 'key-refused') return;
      keyRef.current?.focus();
      keyRef.current?.select();
    },
  );
  const trySubmit = () => {
    forget();
    setMissing(appKey.trim() === '');
    if (appKey.trim() === '') keyRef.current?.focus();
    else if (!isPinSet || pin.check()) submit();
  };
  return (
    <FormDialog
      title={t('replaceKey.title')}
      lead={t(isCode ? 'replaceKey.leadCode' : 'replaceKey.lead')}
      action={t('replaceKey.confirm')}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
      wayOut={isPinSet && !isCode && <PinForgotten />}
      aside={isPinSet ? pin.pad({ onEnter: trySubmit, takesFocus: false, label, isCode }) : undefined}
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
    </FormDialog>
  );
}
