import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tillLanguage } from '../../../preload/contract/app/values.ts';
import type { AppError, ChannelReply } from '../../../preload/contract/index.ts';
import { till } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { view } from '../../shared/view.ts';
import {
  connectionOf,
  fieldOfError,
  newTillOf,
  type SetUpField,
  type SetUpFields,
  type SetUpProblems,
  setUpProblems,
} from './set-up.ts';

type Tested = ChannelReply<'setup:test'>;

const emptyFields = (): SetUpFields => ({
  host: '',
  appId: '',
  appKey: '',
  tillName: '',
  storeTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'SGD',
  tillNumber: '1',
  tillCount: '1',
  managerPin: '',
  managerPinAgain: '',
});

export function useSetUp() {
  const { t } = useTranslation();
  const language = tillLanguage(navigator.language);
  const isBusy = useRef(false);
  const [fields, setFields] = useState(emptyFields);
  // Failed attempts: each moves the focus to the first wrong field.
  const [attempts, setAttempts] = useState(0);
  const [isWorking, setWorking] = useState(false);
  const [problems, setProblems] = useState<SetUpProblems>({});
  const [failure, setFailure] = useState<AppError | null>(null);
  const [tested, setTested] = useState<Tested | null>(null);

  const edit = (field: SetUpField, text: string) => {
    setFields((before) => ({ ...before, [field]: text }));
    setProblems(({ [field]: _, ...others }) => others);
    if (failure !== null && fieldOfError(failure) === field) setFailure(null);
    setTested(null);
  };

  const run = async (act: () => Promise<AppError | null>, isTest: boolean) => {
    if (isBusy.current) return;
    const found = setUpProblems(fields, isTest);
    setProblems(found);
    setFailure(null);
    setTested(null);
    if (Object.keys(found).length > 0) return setAttempts((before) => before + 1);
    isBusy.current = true;
    setWorking(true);
    const error = await act();
    isBusy.current = false;
    setWorking(false);
    setFailure(error);
    // A refused PIN is typed again.
    if (error?.code === 'manager-pin-weak') {
      setFields((before) => ({ ...before, managerPin: '', managerPinAgain: '' }));
    }
    setAttempts((before) => before + 1);
  };

  const test = () =>
    void run(async () => {
      const reply = await till.setupTest(connectionOf(fields, language));
      if (!reply.ok) return reply.error;
      setTested(reply.value);
      return null;
    }, true);

  const connect = () =>
    void run(async () => {
      const reply = await till.setupConnect(newTillOf(fields, language));
      if (!reply.ok) return reply.error;
      // A list that could not be begun is no obstacle: the till is connected.
      await till.setupFirstDay({ firstDay: { settled: [] } });
      view.show({ kind: 'first-day', isNew: true });
      view.open({ kind: 'recovery-code', code: reply.value.recoveryCode, next: null });
      view.setUp(false);
      return null;
    }, false);

  const errorOf = (field: SetUpField): string | undefined => {
    const missing = problems[field];
    if (missing !== undefined) return t(missing);
    return failure !== null && fieldOfError(failure) === field ? errorText(t, failure) : undefined;
  };
  const general = failure !== null && fieldOfError(failure) === null ? failure : null;
  return { attempts, fields, edit, errorOf, general, tested, isWorking, test, connect };
}
