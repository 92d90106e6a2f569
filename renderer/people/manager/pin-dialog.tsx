import type { ReactNode } from 'react';
import type { AppError, GuardedAct, Person, Result } from '../../../preload/contract/index.ts';
import { FormDialog, useSubmit } from '../../shared/form-dialog.tsx';
import { view } from '../../shared/view.ts';
import { PinForgotten } from './use-pin.tsx';
import { type Proof, useProof } from './use-proof.tsx';

interface Props<T> {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  /** No PIN while a manager has unlocked the till. */
  readonly send: (proof: Proof) => Promise<Result<T>>;
  readonly onDone?: (value: T) => void;
  /** A failure that the dialog does not tell itself: true closes it. */
  readonly onFailure?: (error: AppError) => boolean;
  /** False where a field above the PIN takes the focus. */
  readonly takesFocus?: boolean;
  /** Looked at before anything is sent; false: something above is not right. */
  readonly check?: () => boolean;
  /** The shop may let its cashiers do this, or keep them from it. */
  readonly act?: GuardedAct;
  /** Brings people in again, so that the till's own PIN serves as well. */
  readonly isRecovery?: boolean;
  /** Another person's act: a manager's stretch of work does not serve. */
  readonly isAlways?: boolean;
  /** Who may where no till is open. */
  readonly managers?: readonly Pick<Person, 'id' | 'name'>[];
  /** Anybody's act, for which a cashier may need a manager beside them. */
  readonly isOnlyCashiers?: boolean;
  readonly children?: ReactNode;
}

/** Says what will happen, takes the manager's PIN where one is asked for, and does it. */
export function PinDialog<T>(props: Props<T>) {
  const { title, lead, action, send, onDone, onFailure, takesFocus = true, check, children } = props;
  const proof = useProof(props);
  const { submit, isWorking, error } = useSubmit(
    () => send(proof.now()),
    (value) => {
      view.close();
      onDone?.(value);
    },
    (failure) => {
      if (onFailure?.(failure)) view.close();
      else proof.onFailure(failure);
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
      wayOut={proof.isTills && <PinForgotten />}
    >
      {children}
      {proof.box(trySubmit, takesFocus)}
    </FormDialog>
  );
}
