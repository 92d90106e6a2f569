import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, Result } from '../../../preload/contract/index.ts';
import { TextBox } from '../../components/text-box.tsx';
import { view } from '../../stores/index.ts';
import { FormDialog, useSubmit } from './form-dialog.tsx';

interface Props<T> {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly send: (pin: string) => Promise<Result<T>>;
  readonly onDone?: (value: T) => void;
  /** A failure that the dialog does not tell itself: true closes it. */
  readonly onFailure?: (error: AppError) => boolean;
  readonly children?: ReactNode;
}

/** Says what will happen, takes the manager's PIN and does it. Where there is no PIN, that is made first. */
export function PinDialog<T>({ title, lead, action, send, onDone, onFailure, children }: Props<T>) {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const { submit, isWorking, error } = useSubmit(
    async () => {
      const reply = await send(pin);
      if (!reply.ok && onFailure?.(reply.error)) view.close();
      return reply;
    },
    (value) => {
      view.close();
      onDone?.(value);
    },
  );
  return (
    <FormDialog
      title={title}
      lead={lead}
      action={action}
      isWorking={isWorking}
      error={error}
      onSubmit={submit}
    >
      {children}
      <TextBox
        label={t('manager.pin')}
        type="password"
        inputMode="numeric"
        value={pin}
        onChange={setPin}
        onEnter={submit}
        takesFocus
      />
    </FormDialog>
  );
}
