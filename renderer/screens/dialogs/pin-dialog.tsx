import type { ReactNode } from 'react';
import type { AppError, Result } from '../../../preload/contract/index.ts';
import { view } from '../../stores/index.ts';
import { FormDialog, useSubmit } from './form-dialog.tsx';
import { usePin } from './use-pin.tsx';

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

/** Says what will happen, takes the manager's PIN and does it. */
export function PinDialog<T>({ title, lead, action, send, onDone, onFailure, children }: Props<T>) {
  const pin = usePin();
  const { submit, isWorking, error } = useSubmit(
    () => send(pin.pin),
    (value) => {
      view.close();
      onDone?.(value);
    },
    (failure) => {
      if (onFailure?.(failure)) view.close();
      else pin.onFailure(failure);
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
      {pin.box(submit, true)}
    </FormDialog>
  );
}
