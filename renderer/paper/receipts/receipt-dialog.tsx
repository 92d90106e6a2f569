import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import { view } from '../../shared/view.ts';
import { Paper } from './paper.tsx';
import styles from './receipts.module.css';
import { usePrintJobs, usePrintOnce } from './use-print.ts';

/** How the paper of this entry stands, in words. */
function PrintState({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const failure = usePrintOnce(entry.id);
  const problem = useTopic('receipts', (receipts) => receipts.problem);
  const job = usePrintJobs()?.findLast(({ entryId }) => entryId === entry.id);
  if (failure !== null) return <ErrorNote>{errorText(t, failure)}</ErrorNote>;
  if (job === undefined) return null;
  const why = job.problem ?? (job.state === 'waiting' ? problem : null);
  const isUnsettled = job.state === 'failed' || job.state === 'unknown';
  return (
    <>
      <p role="status">{t(`receipts.states.${job.state}`)}</p>
      {why !== null && <ErrorNote>{errorText(t, why)}</ErrorNote>}
      {isUnsettled && (
        <div className={styles['answers']}>
          <Button onPress={() => view.open({ kind: 'receipt-queue' })}>{t('receipts.see')}</Button>
        </div>
      )}
    </>
  );
}

/** Prints an entry's receipt, and shows it. */
export function ReceiptDialog({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const preview = useQuery(() => bridge.receiptsPreview({ id: entry.id }), [entry.id]);
  const pdf = useSubmit(
    () => bridge.receiptsSavePdf({ id: entry.id }),
    () => undefined,
  );
  const problem = preview.failure ?? pdf.error;
  return (
    <DialogFrame title={t('receipts.of', { reference: entry.reference })} onClose={view.close}>
      <PrintState entry={entry} />
      {problem !== null && <ErrorNote>{errorText(t, problem)}</ErrorNote>}
      {preview.value !== null && <Paper drawing={preview.value} label={t('receipts.paper')} />}
      <Answers>
        <Button onPress={pdf.submit}>{t('receipts.savePdf')}</Button>
        <Button onPress={view.close}>{t('common.close')}</Button>
      </Answers>
    </DialogFrame>
  );
}
