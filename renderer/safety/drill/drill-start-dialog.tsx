import { useTranslation } from 'react-i18next';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Note } from '../../kit/note.tsx';
import { till } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText, joinSentences } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';

/** What a drill does, before the live till is closed. */
export function DrillStartDialog() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const isOn = useTopic('drill', (drill) => drill !== null && drill.result === null);
  const open = useTopic(
    'counts',
    ({ queued, sending, unknown, review }) => queued + sending + unknown + review,
  );
  const { submit, isWorking, error } = useSubmit(
    () => till.drillStart({}),
    () => view.show({ kind: 'till' }),
  );
  const waits = open === 0 ? t('drill.start.waitsNone') : t('drill.start.waits', { count: open });
  return (
    <DialogFrame title={t('drill.start.title')} lead={t('drill.start.lead')} onClose={view.close}>
      {isLive && (
        <Note tone="neutral">
          {joinSentences(t, [t('drill.start.fromLive'), waits, t('drill.start.noCustomers')])}
        </Note>
      )}
      {isOn && <Note tone="warn">{t('drill.start.again')}</Note>}
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <Answers>
        <Button look="primary" autoFocus onPress={submit}>
          {isWorking ? t('manager.working') : t('drill.start.go')}
        </Button>
        <Button onPress={view.close}>{t('drill.start.not')}</Button>
      </Answers>
    </DialogFrame>
  );
}
