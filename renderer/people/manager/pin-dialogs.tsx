import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { till } from '../../shared/bridge.ts';
import { FormDialog, useSubmit } from '../../shared/form-dialog.tsx';
import { openMakePin } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import type { Dialog } from '../../shared/view-store.ts';
import styles from './pin-dialogs.module.css';
import { useNewPin } from './use-new-pin.tsx';

const c = classNames(styles);

/** A field beside the PIN that must not be empty; where it was wrong, what is typed next replaces it. */
function useSecret(wrong: AppError['code']) {
  const [text, setText] = useState('');
  const [isMissingShown, showMissing] = useState(false);
  const ref = useRef<HTMLInputElement>(null);
  return {
    text,
    setText,
    ref,
    isMissing: isMissingShown && text.trim() === '',
    check: (): boolean => {
      showMissing(true);
      if (text.trim() === '') ref.current?.focus();
      return text.trim() !== '';
    },
    onFailure: ({ code }: AppError) => {
      if (code !== wrong) return;
      ref.current?.focus();
      ref.current?.select();
    },
  };
}

/** On a live till nobody but who has the App key makes the PIN that guards the money. */
export function MakePinDialog({ next }: { readonly next: Dialog | null }) {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const newPin = useNewPin(t('manager.pin'), !isLive);
  const key = useSecret('app-key-wrong');
  const { submit, isWorking, error, forget } = useSubmit(
    () => till.managerMakePin({ pin: newPin.pin, appKey: key.text.trim() }),
    ({ recoveryCode }) => view.open({ kind: 'recovery-code', code: recoveryCode, next }),
    (failure) => {
      if (newPin.onFailure(failure)) forget();
      key.onFailure(failure);
    },
  );
  const trySubmit = () => {
    forget();
    if ((!isLive || key.check()) && newPin.check()) submit();
  };
  return (
    <FormDialog
      title={t('manager.makeTitle')}
      lead={t(isLive ? 'manager.makeLeadLive' : 'manager.makeLead')}
      action={t('manager.make')}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
    >
      {isLive && (
        <TextBox
          label={t('setUp.appKey')}
          type="password"
          value={key.text}
          onChange={key.setText}
          onEnter={trySubmit}
          inputRef={key.ref}
          error={key.isMissing ? t('setUp.missing.appKey') : undefined}
          takesFocus
        />
      )}
      {newPin.fields(trySubmit)}
    </FormDialog>
  );
}

/** Pressed by anybody, where a till has no PIN yet. */
export function NoPinDialog({ next }: { readonly next: Dialog }) {
  const { t } = useTranslation();
  return (
    <DialogFrame title={t('manager.noneTitle')} lead={t('manager.noneLead')} onClose={view.close}>
      <Answers>
        <Button look="primary" autoFocus onPress={view.close}>
          {t('common.cancel')}
        </Button>
        <Button onPress={() => openMakePin(next)}>{t('waysOut.make-pin')}</Button>
      </Answers>
    </DialogFrame>
  );
}

export function RecoverDialog({ next }: { readonly next: Dialog | null }) {
  const { t } = useTranslation();
  const newPin = useNewPin(t('manager.newPin'), false);
  const code = useSecret('recovery-code-wrong');
  const { submit, isWorking, error, forget } = useSubmit(
    () => till.managerRecover({ recoveryCode: code.text.trim(), pin: newPin.pin }),
    (made) => view.open({ kind: 'recovery-code', code: made.recoveryCode, next }),
    (failure) => {
      if (newPin.onFailure(failure)) forget();
      code.onFailure(failure);
    },
  );
  const trySubmit = () => {
    forget();
    if (code.check() && newPin.check()) submit();
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
        value={code.text}
        onChange={code.setText}
        onEnter={trySubmit}
        inputRef={code.ref}
        error={code.isMissing ? t('manager.codeMissing') : undefined}
        takesFocus
      />
      {newPin.fields(trySubmit)}
    </FormDialog>
  );
}

interface CodeProps {
  readonly title: string;
  readonly lead: string;
  readonly code: string;
  readonly onDone: () => void;
}

/** A code that is shown once, and closed by whoever has written it down. */
export function CodeDialog({ title, lead, code, onDone }: CodeProps) {
  const { t } = useTranslation();
  return (
    <DialogFrame title={title} lead={lead} canClose={false} onClose={onDone}>
      <p className={c('code')}>{code}</p>
      <Answers>
        <Button look="primary" autoFocus onPress={onDone}>
          {t('manager.codeDone')}
        </Button>
      </Answers>
    </DialogFrame>
  );
}

/** The code is shown this once: the dialog closes only by saying that it is written down. */
export function RecoveryCodeDialog({ code, next }: { readonly code: string; readonly next: Dialog | null }) {
  const { t } = useTranslation();
  const done = () => (next === null ? view.close() : view.open(next));
  return <CodeDialog title={t('manager.codeTitle')} lead={t('manager.codeLead')} code={code} onDone={done} />;
}
