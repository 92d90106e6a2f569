import type { ReactNode } from 'react';
import type { AppError, Result } from '../../../preload/contract/index.ts';
import { FormDialog, useSubmit } from '../../shared/form-dialog.tsx';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { usePin } from './use-pin.tsx';

interface Props<T> {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  /** No PIN while a manager has unlocked the till. */
  readonly send: (pin: string | undefined) => Promise<Result<T>>;
  readonly onDone?: (value: T) => void;
  /** A failure that the dialog does not tell itself: true closes it. */
  readonly onFailure?: (error: AppError) => boolean;
  /** False where a field above the PIN takes the focus. */
  readonly takesFocus?: boolean;
  /** Looked at before anything is sent; false: something above is not right. */
  readonly check?: () => boolean;
  readonly children?: ReactNode;
}

/** Says what will happen, takes the manager's PIN where one is asked for, and does it. */
export function PinDialog<T>(props: Props<T>) {
  const { title, lead, action, send, onDone, onFailure, takesFocus = true, check, children } = props;
  const pin = usePin();
  const isLocked = useTopic('managerUnlockedUntilMs', (untilMs) => untilMs === null);
  const { submit, isWorking, error } = useSubmit(
    () => send(isLocked ? pin.pin : undefined),
    (value) => {
      view.close();
      onDone?.(value);
    },
    (failure) => {
      if (onFailure?.(failure)) view.close();
      else pin.onFailure(failure);
    },
  );
  const trySubmit = () => {
    if (check?.() !== false) submit();
  };
  return (
    <FormDialog
      title={title}
      lead={lead}
      action={action}
      isWorking={isWorking}
      error={error}
      onSubmit={trySubmit}
    >
      {children}
      {isLocked && pin.box(trySubmit, takesFocus)}
    </FormDialog>
  );
}
