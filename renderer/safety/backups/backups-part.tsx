import { useTranslation } from 'react-i18next';
import type { BackupView } from '../../../preload/contract/index.ts';
import { ActRow } from '../../kit/act-row.tsx';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Part } from '../../kit/part.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { errorText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { useQuery } from '../../shared/use-query.ts';
import type { BackupAct } from '../../shared/view-store.ts';

const askBackups = () => bridge.backupsGet({});

type Place = BackupView['here'];
type Open = (act: BackupAct) => void;

/** How many backups a place has, of when, and where it is. */
function usePlaceLine() {
  const { t } = useTranslation();
  const { storeTimeZone, language } = useTill();
  return ({ newestAtMs, count, folder }: Place): string => {
    if (newestAtMs === null) return [t('backups.never'), folder].join(t('app.separator'));
    const time = storeMoment(newestAtMs, Date.now(), storeTimeZone, language);
    return [t('backups.newest', { time, count }), folder].join(t('app.separator'));
  };
}

function useProblem() {
  const { t } = useTranslation();
  return (problem: Place['problem']) =>
    problem === null ? null : <ErrorNote>{errorText(t, problem)}</ErrorNote>;
}

const isWell = ({ newestAtMs, problem }: Place): boolean => newestAtMs !== null && problem === null;

function HereRow({ here, open }: { readonly here: Place; readonly open: Open }) {
  const { t } = useTranslation();
  const lineOf = usePlaceLine();
  const problemOf = useProblem();
  return (
    <ActRow
      icon={isWell(here) ? 'check' : 'warn'}
      tone={isWell(here) ? 'good' : 'warn'}
      title={t('backups.here')}
      line={lineOf(here)}
      problem={problemOf(here.problem)}
    >
      <Button onPress={() => open('now')}>{t('backups.now')}</Button>
    </ActRow>
  );
}

/** The copies outside this computer, and the list of open entries beside them. */
function SecondRow({ state, open }: { readonly state: BackupView; readonly open: Open }) {
  const { t } = useTranslation();
  const { second, openEntriesProblem } = state;
  const lineOf = usePlaceLine();
  const problemOf = useProblem();
  const isGood = second !== null && isWell(second) && !second.isSameDisk && openEntriesProblem === null;
  return (
    <ActRow
      icon={isGood ? 'check' : 'warn'}
      tone={isGood ? 'good' : 'warn'}
      title={t('backups.second')}
      line={second === null ? t('backups.noSecond') : lineOf(second)}
      problem={
        second?.problem ? (
          problemOf(second.problem)
        ) : openEntriesProblem ? (
          <ErrorNote>{t('backups.openEntries', { why: errorText(t, openEntriesProblem) })}</ErrorNote>
        ) : (
          second?.isSameDisk && <Note tone="warn">{t('backups.sameDisk')}</Note>
        )
      }
    >
      {second !== null && (
        <Button look="ghost" onPress={() => open('forget')}>
          {t('backups.forget')}
        </Button>
      )}
      <Button onPress={() => open('choose')}>
        {t(second === null ? 'backups.choose' : 'backups.chooseOther')}
      </Button>
    </ActRow>
  );
}

/** Whether entries are verified against the journal, and what the last full check found. */
function JournalRow() {
  const { t } = useTranslation();
  const problem = useTopic('journalProblem');
  const damage = useTopic('damage');
  const isWhole = problem === null && damage === null;
  return (
    <ActRow
      icon={isWhole ? 'check' : 'warn'}
      tone={isWhole ? 'good' : 'bad'}
      title={t('backups.journal')}
      line={
        problem === null
          ? t(isWhole ? 'backups.journalWhole' : 'backups.damaged')
          : t(`journal.${problem}.title`)
      }
      problem={damage !== null && <ErrorNote>{errorText(t, damage)}</ErrorNote>}
    />
  );
}

/** The copies of what this till knows, and what helps when something happened. Practice has none. */
export function BackupsPart() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  return isLive ? <LiveParts /> : <p>{t('backups.notInPractice')}</p>;
}

function LiveParts() {
  const { t } = useTranslation();
  const { value: state, failure, askAgain } = useQuery(askBackups);
  const open = (act: BackupAct) => openGuarded({ kind: 'backup', act, onDone: askAgain });
  return (
    <>
      <Part title={t('backups.title')} hint={t('backups.lead')}>
        {failure !== null && <ErrorNote>{errorText(t, failure)}</ErrorNote>}
        <div>
          {state !== null && (
            <>
              <HereRow here={state.here} open={open} />
              <SecondRow state={state} open={open} />
            </>
          )}
          <JournalRow />
        </div>
      </Part>
      <Part title={t('backups.happened')}>
        <div>
          <ActRow icon="go" tone="neutral" title={t('backups.moveTitle')} line={t('backups.moveLine')}>
            <Button onPress={() => open('move')}>{t('backups.move')}</Button>
          </ActRow>
          <ActRow icon="card" tone="neutral" title={t('backups.slipsTitle')} line={t('backups.slipsLine')}>
            <Button onPress={() => openGuarded({ kind: 'slips' })}>{t('waysOut.slips')}</Button>
          </ActRow>
        </div>
      </Part>
    </>
  );
}
