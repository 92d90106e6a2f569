import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import type { AppError, Result } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { FormDialog, useSubmit } from '../../shared/form-dialog.tsx';
import { view } from '../../shared/view.ts';
import { ActTicket, type AskedAct } from './act-ticket.tsx';
import styles from './pin-dialog.module.css';
import type { NewPin } from './use-new-pin.tsx';
import { type Proof, type ProofProps, useProof } from './use-proof.tsx';

const c = classNames(styles);

interface Props<T> extends ProofProps {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  /** No PIN where main asks for none. */
  readonly send: (proof: Proof) => Promise<Result<T>>;
  readonly onDone?: (value: T) => void;
  /** A failure that the dialog does not tell itself: true closes it. */
  readonly onFailure?: (error: AppError) => boolean;
  /** False where a field above the PIN takes the focus. */
  readonly takesFocus?: boolean;
  /** What it decides about is not there yet. */
  readonly isWaiting?: boolean;
  /** Looked at before anything is sent; false: something above is not right. */
  readonly check?: () => boolean;
  /** One that is made here, below the other fields. */
  readonly newPin?: NewPin;
  /** Nothing can go wrong: done at once where no PIN is asked for. */
  readonly isPlain?: boolean;
  readonly isDanger?: boolean;
  /** Enter goes on from field to field above the PIN, and from the last presses the button. */
  readonly hasEnter?: boolean;
  /** The one act that the PIN is for. */
  readonly ticket?: AskedAct | undefined;
  readonly children?: ReactNode;
}

/** The next one that is typed in, the PIN's too; none follows a radio. */
function nextField({ target, currentTarget }: KeyboardEvent<HTMLElement>): HTMLInputElement | undefined {
  if (!(target instanceof HTMLInputElement) || target.type === 'radio') return;
  const fields = [...(currentTarget.closest('[role="dialog"]')?.querySelectorAll('input') ?? [])];
  return fields.slice(fields.indexOf(target) + 1).find(({ type }) => type !== 'radio');
}

/** Says what will happen, takes the manager's PIN where one is asked for, and does it. */
export function PinDialog<T>(props: Props<T>) {
  const { title, lead, action, send, onDone, onFailure, takesFocus = true, check, ticket } = props;
  const { isWaiting = false, newPin, isPlain = false, isDanger = false, hasEnter = false, children } = props;
  const proof = useProof(props);
  const { submit, isWorking, error, forget } = useSubmit(
    () => send(proof.now()),
    (value) => {
      view.close();
      onDone?.(value);
    },
    (failure) => {
      if (newPin?.onFailure(failure) === true) forget();
      else if (onFailure?.(failure)) view.close();
      else proof.onFailure(failure);
    },
  );
  const isAtOnce = isPlain && !proof.isAsked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the dialog opens.
  useEffect(() => {
    if (isAtOnce) submit();
  }, []);
  const isRight = () => check?.() !== false && newPin?.check() !== false;
  const trySubmit = () => {
    forget();
    if (!isWaiting && isRight() && proof.check()) submit();
  };
  const goOn = () => {
    forget();
    if (!isWaiting && isRight() && proof.goOn()) submit();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isEnter = event.key === 'Enter' && event.target instanceof HTMLInputElement;
    if (!isEnter || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (event.repeat) return;
    const next = nextField(event);
    if (next === undefined) trySubmit();
    else next.focus();
  };
  // With something to be shown meanwhile it stays in sight.
  if (isAtOnce && error === null && children === undefined) return null;
  return (
    <FormDialog
      title={title}
      lead={lead}
      action={action}
      isDanger={isDanger}
      isQuestion={!proof.isAsked && newPin === undefined && children === undefined}
      isWorking={isWorking || isWaiting}
      error={error}
      onSubmit={trySubmit}
      wayOut={proof.forgotten}
      aside={proof.pad(trySubmit, takesFocus, isWorking)}
    >
      {hasEnter ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: the controls are the fields inside.
        <div className={c('fields')} onKeyDown={onKeyDown}>
          {children}
        </div>
      ) : (
        children
      )}
      {newPin?.fields(goOn)}
      {proof.names}
      {proof.isAsked && ticket !== undefined && <ActTicket {...ticket} />}
    </FormDialog>
  );
}
