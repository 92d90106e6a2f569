import { useState } from 'react';
import type { Result } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { ShowSaved } from '../../shared/show-saved.tsx';
import { useTopic } from '../../shared/topics.ts';
import { WayOutButton } from '../../shared/way-out.tsx';
import styles from './day.module.css';
import { fileWords } from './file-words.ts';
import { useDay } from './use-day.ts';

const c = classNames(styles);

type Notice = 'printed' | 'saved' | null;

/** One output of a report; all share one message below. */
function useAct(
  send: () => Promise<Result<{ saved?: boolean }>>,
  setNotice: (notice: Notice) => void,
  done: Notice,
) {
  const act = useSubmit(send, ({ saved }) => setNotice(saved === false ? null : done));
  return {
    error: act.error,
    isWorking: act.isWorking,
    run: () => {
      setNotice(null);
      act.submit();
    },
  };
}

/** The open shift for null. */
export function ReportActs({ number }: { readonly number: number | null }) {
  const { t, till } = useDay();
  const hasPrinter = useTopic('receipts', ({ printer }) => printer !== 'none');
  const [notice, setNotice] = useState<Notice>(null);
  const print = useAct(() => bridge.shiftsPrint({ number }), setNotice, 'printed');
  const words = fileWords(t, till.language, till.storeTimeZone);
  const pdf = useAct(() => bridge.shiftsSavePdf({ number, words }), setNotice, 'saved');
  const csv = useAct(() => bridge.shiftsSaveCsv({ number, words }), setNotice, 'saved');
  const raw = useAct(() => bridge.shiftsSaveCsv({ number }), setNotice, 'saved');
  const file = useAct(() => bridge.shiftsSaveFile({ number: number ?? 0 }), setNotice, 'saved');
  const error = print.error ?? pdf.error ?? csv.error ?? raw.error ?? file.error;
  return (
    <div className={c('acts')}>
      <Answers>
        {hasPrinter && <Button onPress={print.run}>{t('shifts.acts.print')}</Button>}
        <Button onPress={pdf.run}>{t('shifts.acts.pdf')}</Button>
        <Button onPress={csv.run}>{t('shifts.acts.csv')}</Button>
        <Button look="ghost" onPress={raw.run}>
          {t('shifts.acts.raw')}
        </Button>
        {number !== null && <Button onPress={file.run}>{t('shifts.acts.file')}</Button>}
      </Answers>
      <div aria-live="polite">
        {notice !== null && error === null && <p className={c('hint')}>{t(`shifts.acts.told.${notice}`)}</p>}
        {notice === 'saved' && error === null && (
          <Answers>
            <ShowSaved />
          </Answers>
        )}
      </div>
      {error !== null && (
        <>
          <ErrorNote>{errorText(t, error)}</ErrorNote>
          <WayOutButton error={error} />
        </>
      )}
    </div>
  );
}
