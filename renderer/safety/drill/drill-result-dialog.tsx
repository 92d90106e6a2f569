import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrillResult, DrillRow, Topics } from '../../../preload/contract/index.ts';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Note } from '../../kit/note.tsx';
import { personWords } from '../../kit/person-words.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useSubmit } from '../../shared/form-dialog.tsx';
import { errorText } from '../../shared/i18n.ts';
import { leavePractice } from '../../shared/leaving.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './drill-result.module.css';
import { stepNumber } from './shown-steps.ts';

const c = classNames(styles);

function Outcome({ result }: { readonly result: DrillResult }) {
  const { t } = useTranslation();
  const { gaveUpAt, faults, passed } = result;
  return (
    <>
      {passed && (
        <Note tone="good">
          <b>{t('drill.result.passed')}</b>
        </Note>
      )}
      {gaveUpAt !== null && gaveUpAt !== 'end' && (
        <Note tone="neutral">
          {t('drill.result.gaveUp', { number: stepNumber(gaveUpAt), step: t(`drill.steps.${gaveUpAt}`) })}
        </Note>
      )}
      {faults.map((fault) => (
        <Note key={fault} tone="bad">
          {t(`drill.result.faults.${fault}`)}
        </Note>
      ))}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly DrillRow[] }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const has = (credited: number) =>
    credited === 0 ? t('drill.result.never') : t('drill.result.times', { count: credited });
  if (rows.length === 0) return null;
  return (
    <table className={c('table')}>
      <caption className={c('caption')}>{t('drill.result.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('drill.result.member')}</th>
          <th scope="col" className={c('sum')}>
            {t('drill.result.sum')}
          </th>
          <th scope="col">{t('drill.result.says')}</th>
          <th scope="col">{t('drill.result.has')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.reference} className={c(!row.fits && 'differs')}>
            <td>{row.memberName}</td>
            <td className={c('sum')}>{write.money(row.amount)}</td>
            <td>{t(`states.${row.state}`)}</td>
            <td>{has(row.credited)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Learnt() {
  const { t } = useTranslation();
  return (
    <section>
      <h3 className={c('heading')}>{t('drill.result.learnt')}</h3>
      <ul className={c('lessons')}>
        {(['saved', 'checking', 'evidence'] as const).map((lesson) => (
          <li key={lesson}>{t(`drill.result.lessons.${lesson}`)}</li>
        ))}
      </ul>
    </section>
  );
}

/** Returns to where the drill was begun. */
async function end(send: () => ReturnType<typeof bridge.drillLeave>, isFromLive: boolean) {
  const reply = await send();
  return reply.ok && isFromLive ? leavePractice() : reply;
}

function Ending({ canReport, isFromLive }: Pick<NonNullable<Topics['drill']>, 'canReport' | 'isFromLive'>) {
  const { t } = useTranslation();
  const report = useSubmit(() => end(() => bridge.drillReport({}), isFromLive), view.close);
  const leave = useSubmit(() => end(() => bridge.drillLeave({}), isFromLive), view.close);
  const error = report.error ?? leave.error;
  return (
    <>
      {canReport && <p className={c('ask')}>{t('drill.result.ask')}</p>}
      {isFromLive && <p className={c('back')}>{t('drill.result.back')}</p>}
      {error !== null && <ErrorNote>{errorText(t, error)}</ErrorNote>}
      <Answers>
        {canReport && (
          <Button look="primary" onPress={report.submit}>
            {t('drill.result.report')}
          </Button>
        )}
        <Button look={canReport ? 'plain' : 'primary'} onPress={leave.submit}>
          {t(canReport ? 'drill.result.notReport' : 'drill.result.close')}
        </Button>
      </Answers>
    </>
  );
}

export function DrillResultDialog() {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const drill = useTopic('drill');
  const isGone = drill === null;
  useEffect(() => {
    if (isGone) view.close();
  }, [isGone]);
  const result = drill?.result ?? null;
  if (drill === null || result === null) return null;
  const seconds = Math.round(result.tookMs / 1_000);
  const took = { minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
  return (
    <DialogFrame title={t('drill.result.title')} onClose={view.close}>
      <Outcome result={result} />
      <Facts
        facts={[
          [t('drill.result.who'), personWords(t, result.who)],
          [t('drill.result.took'), t('drill.result.minutes', took)],
          [t('drill.result.till'), write.money(result.done)],
          [t('drill.result.ledger'), write.money(result.credited)],
        ]}
      />
      <Rows rows={result.rows} />
      {result.gaveUpAt === null && <Learnt />}
      <Ending canReport={drill.canReport} isFromLive={drill.isFromLive} />
    </DialogFrame>
  );
}
