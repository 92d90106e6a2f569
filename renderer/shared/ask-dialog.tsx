import { useTranslation } from 'react-i18next';
import type { AppError } from '../../preload/contract/index.ts';
import { ErrorNote } from '../kit/answers.tsx';
import { DialogFrame } from '../kit/dialog-frame.tsx';
import { SafeAnswers } from '../kit/safe-answers.tsx';
import { errorText } from './i18n.ts';
import { view } from './view.ts';

interface Props {
  readonly title: string;
  readonly lead: string;
  /** The answer that changes nothing; Escape gives it too. */
  readonly safe: string;
  readonly act: string;
  readonly onAct: () => void;
  readonly error?: AppError | null;
}

/** Asks before something is done that a person may not mean. */
export function AskDialog({ title, lead, safe, act, onAct, error = null }: Props) {
  const { t } = useTranslation();
  return (
    <DialogFrame title={title} lead={lead} onClose={view.close}>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <SafeAnswers label={title} safe={safe} onSafe={view.close} act={act} onAct={onAct} isDanger />
    </DialogFrame>
  );
}
