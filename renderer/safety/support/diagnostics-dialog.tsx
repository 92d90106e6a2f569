import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import { ReadText } from './read-text.tsx';
import styles from './support.module.css';

const c = classNames(styles);

const askDiagnostics = () => bridge.supportDiagnostics({});

function SaveAnswers({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<string | null>(null);
  const { submit, isWorking, error } = useSubmit(
    () => bridge.supportSaveDiagnostics({ id }),
    (saved) => setFile(saved.file),
  );
  return (
    <>
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <p className={c('saved')} role="status">
        {file === null ? '' : t('diagnostics.saved', { file })}
      </p>
      <Answers>
        <Button look="primary" onPress={submit}>
          {isWorking ? t('manager.working') : t('diagnostics.save')}
        </Button>
        <Button onPress={view.close}>{t('common.close')}</Button>
      </Answers>
    </>
  );
}

/** Shows the support file before it is saved. */
export function DiagnosticsDialog() {
  const { t } = useTranslation();
  const { value, failure } = useQuery(askDiagnostics);
  return (
    <DialogFrame title={t('diagnostics.title')} lead={t('diagnostics.lead')} wide onClose={view.close}>
      {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
      {value === null && failure === null && <p role="status">{t('diagnostics.gathering')}</p>}
      {value !== null && (
        <>
          <ReadText label={t('diagnostics.text')}>{value.text}</ReadText>
          <SaveAnswers id={value.id} />
        </>
      )}
    </DialogFrame>
  );
}
