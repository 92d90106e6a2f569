import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, Result } from '../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../kit/answers.tsx';
import { Button } from '../kit/button.tsx';
import { DialogFrame } from '../kit/dialog-frame.tsx';
import { errorText } from './i18n.ts';
import { useView, view } from './view.ts';
import { WayOutButton } from './way-out.tsx';

/** One submission at a time; an error is shown until the next try. */
export function useSubmit<T>(
  send: () => Promise<Result<T>>,
  onDone: (value: T) => void,
  onFailure?: (error: AppError) => void,
) {
  const isBusy = useRef(false);
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const submit = async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setWorking(true);
    setError(null);
    const reply = await send();
    isBusy.current = false;
    setWorking(false);
    if (reply.ok) return onDone(reply.value);
    setError(reply.error);
    onFailure?.(reply.error);
  };
  return {
    submit: () => void submit(),
    isWorking,
    error,
    /** Clears the last error for a try that fails validation. */
    forget: () => setError(null),
  };
}

interface Props {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  /** It takes something away. */
  readonly isDanger?: boolean;
  /** Nothing is filled in: the focus starts on the harmless answer, as no second Enter of a scanner may give the other. */
  readonly isQuestion?: boolean;
  readonly isWorking: boolean;
  readonly error: AppError | null;
  readonly onSubmit: () => void;
  /** A further action beside the answers, e.g. for a forgotten PIN. */
  readonly wayOut?: ReactNode;
  /** The pad of a PIN: it stands beside the fields, and the answers below both. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

const intoView = (failure: HTMLElement | null) => failure?.scrollIntoView({ block: 'nearest' });

/** A dialog that asks for a few fields and does one thing. */
export function FormDialog(props: Props) {
  const {
    title,
    lead,
    action,
    isDanger = false,
    isQuestion = false,
    isWorking,
    error,
    onSubmit,
    wayOut,
    aside,
    children,
  } = props;
  const { t } = useTranslation();
  const dialog = useView((state) => state.dialog);
  const beside = aside !== undefined;
  // An approval is given in the dialog itself.
  const hasWayOut = error !== null && error.code !== 'approval-needed';
  const failure = error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>;
  const answers = (
    <>
      {!beside && failure}
      <Answers>
        <Button look={isDanger ? 'danger' : 'primary'} onPress={onSubmit}>
          {isWorking ? t('manager.working') : action}
        </Button>
        <Button autoFocus={isQuestion} onPress={view.close}>
          {t('common.cancel')}
        </Button>
        {hasWayOut && <WayOutButton error={error} next={dialog} />}
        {wayOut}
      </Answers>
    </>
  );
  return (
    <DialogFrame
      title={title}
      lead={lead}
      onClose={view.close}
      aside={aside}
      foot={beside ? answers : undefined}
    >
      {children}
      {/* Below the fields: no field and no key of the pad moves under the finger. */}
      {beside && failure && <div ref={intoView}>{failure}</div>}
      {!beside && answers}
    </DialogFrame>
  );
}
