import { useTranslation } from 'react-i18next';
import type { ShownPrintJob } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { view } from '../../shared/view.ts';
import styles from './receipts.module.css';
import { usePrintJobs } from './use-print.ts';

const c = classNames(styles);

function Job({ job }: { readonly job: ShownPrintJob }) {
  const { t } = useTranslation();
  const { reference, memberName, state, problem } = job;
  return (
    <li className={c('job')}>
      <span className={c('name')}>
        {[t('ticket.number', { reference }), memberName].join(t('app.separator'))}
      </span>
      <span>{t(`receipts.states.${state}`)}</span>
      {problem !== null && <span className={c('hint')}>{errorText(t, problem)}</span>}
    </li>
  );
}

/** One question for all receipts that did not come out for certain, however many an outage has left. */
export function ReceiptQueueDialog() {
  const { t } = useTranslation();
  const jobs = usePrintJobs() ?? [];
  const unsettled = jobs.filter(({ state }) => state === 'failed' || state === 'unknown');
  const ids = unsettled.map(({ id }) => id);
  const print = useSubmit(() => bridge.receiptsAnswer({ ids, answer: 'print' }), view.close);
  const leave = useSubmit(() => bridge.receiptsAnswer({ ids, answer: 'leave' }), view.close);
  const error = print.error ?? leave.error;
  return (
    <DialogFrame title={t('receipts.ask.title')} lead={t('receipts.ask.lead')} onClose={view.close}>
      <ul className={c('jobs')}>
        {unsettled.map((job) => (
          <Job key={job.id} job={job} />
        ))}
      </ul>
      {unsettled.length === 0 && <p>{t('receipts.ask.none')}</p>}
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <Answers>
        {unsettled.length > 0 && (
          <>
            <Button look="primary" onPress={leave.submit}>
              {t('receipts.ask.leave', { count: unsettled.length })}
            </Button>
            <Button onPress={print.submit}>{t('receipts.ask.print', { count: unsettled.length })}</Button>
          </>
        )}
        <Button onPress={view.close}>{t('common.cancel')}</Button>
      </Answers>
    </DialogFrame>
  );
}
