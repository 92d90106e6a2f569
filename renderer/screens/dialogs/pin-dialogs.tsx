import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { till } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { Answers, DialogFrame } from '../../components/dialog-frame.tsx';
import { TextBox } from '../../components/text-box.tsx';
import { classNames } from '../../logic/class-names.ts';
import { view } from '../../stores/index.ts';
import type { Dialog } from '../../stores/view-store.ts';
import { FormDialog, useSubmit } from './form-dialog.tsx';
import styles from './pin-dialogs.module.css';

const c = classNames(styles);

/** Two equal PINs, or why not. */
function useNewPin() {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isTold, setTold] = useState(false);
  const differs = isTold && pin !== again;
  return {
    pin,
    check: (): boolean => {
      setTold(true);
      return pin === again;
    },
    fields: (label: string, takesFocus: boolean, onEnter: () => void) => (
      <>
        <TextBox
          label={label}
          type="password"
          inputMode="numeric"
          value={pin}
          onChange={setPin}
          onEnter={onEnter}
          takesFocus={takesFocus}
        />
        <TextBox
          label={t('manager.repeat')}
          type="password"
          inputMode="numeric"
          value={again}
          onChange={setAgain}
          onEnter={onEnter}
          error={differs ? t('manager.differ') : undefined}
        />
      </>
    ),
  };
}

export function MakePinDialog({ next }: { readonly next: Dialog | null }) {
  const { t } = useTranslation();
  const newPin = useNewPin();
  const { submit, isWorking, error } = useSubmit(
    () => till.managerMakePin({ pin: newPin.pin, appKey: '' }),
    ({ recoveryCode }) => view.open({ kind: 'recovery-code', code: recoveryCode, next }),
  );
  const trySubmit = () => {
    if (newPin.check()) submit();
  };
  return (
    <FormDialog
      title={t('manager.makeTitle')}
      lead={t('manager.makeLead')}
      action={t('manager.make')}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
    >
      {newPin.fields(t('manager.pin'), true, trySubmit)}
    </FormDialog>
  );
}

export function RecoverDialog() {
  const { t } = useTranslation();
  const newPin = useNewPin();
  const [recoveryCode, setRecoveryCode] = useState('');
  const { submit, isWorking, error } = useSubmit(
    () => till.managerRecover({ recoveryCode: recoveryCode.trim(), pin: newPin.pin }),
    (made) => view.open({ kind: 'recovery-code', code: made.recoveryCode, next: null }),
  );
  const trySubmit = () => {
    if (newPin.check()) submit();
  };
  return (
    <FormDialog
      title={t('manager.recoverTitle')}
      lead={t('manager.recoverLead')}
      action={t('manager.recover')}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
    >
      <TextBox
        label={t('manager.code')}
        value={recoveryCode}
        onChange={setRecoveryCode}
        onEnter={trySubmit}
        takesFocus
      />
      {newPin.fields(t('manager.newPin'), false, trySubmit)}
    </FormDialog>
  );
}

/** The code is shown this once: the dialog closes only by saying that it is written down. */
export function RecoveryCodeDialog({ code, next }: { readonly code: string; readonly next: Dialog | null }) {
  const { t } = useTranslation();
  const done = () => (next === null ? view.close() : view.open(next));
  return (
    <DialogFrame title={t('manager.codeTitle')} lead={t('manager.codeLead')} canClose={false} onClose={done}>
      <p className={c('code')}>{code}</p>
      <Answers>
        <Button look="primary" onPress={done}>
          {t('manager.codeDone')}
        </Button>
      </Answers>
    </DialogFrame>
  );
}
