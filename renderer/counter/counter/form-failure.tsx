import { useTranslation } from 'react-i18next';
import { Answers, ErrorNote } from '../../kit/answers.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Note } from '../../kit/note.tsx';
import { SafeAnswers } from '../../kit/safe-answers.tsx';
import { useWriter } from '../../kit/use-writer.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { WayOutButton } from '../../shared/way-out.tsx';
import { wayOut } from '../../shared/ways-out.ts';
import { topUp, useForm, useTopUp } from './form.ts';
import { principalOf, type TopUp } from './top-up.ts';
import styles from './top-up-panel.module.css';

const c = classNames(styles);

/** Asks about a repetition above the button, so that nothing moves onto it. */
function AskAgain({ wish }: { readonly wish: TopUp }) {
  const { t } = useTranslation();
  const till = useTill();
  const write = useWriter(till.currency, till.language);
  const member = useTopUp((state) => state.member);
  const name = member?.name || t('member.unnamed', { number: member?.number ?? '' });
  const words = t('again.lately', { sum: write.both(principalOf(wish), wish.pointIncrement), name });
  return (
    <>
      <Note tone="warn" isNews>
        {words}
      </Note>
      <SafeAnswers
        label={words}
        safe={t('again.no')}
        onSafe={topUp.clear}
        act={t('again.yes')}
        onAct={() => void topUp.confirm(true)}
      />
    </>
  );
}

/** Why the entry was refused, and what can be done. */
function Failure({ wish }: { readonly wish: TopUp | null }) {
  const failure = useTopUp((state) => state.failure);
  const sentence = useErrorWords(failure);
  // The panel beside the form has the button.
  const isPanelShown = useTopic('offline', (offline) => offline.stopped);
  if (failure === null) return null;
  if (failure.code === 'asked-twice' && wish !== null) return <AskAgain wish={wish} />;
  if (sentence === undefined) return null;
  const hasWay = wayOut(failure) !== null && !(failure.code === 'offline-too-long' && isPanelShown);
  return (
    <>
      <ErrorNote>{sentence}</ErrorNote>
      {hasWay && (
        <Answers>
          <WayOutButton error={failure} />
        </Answers>
      )}
    </>
  );
}

/** Above the keypad and the tenders, which keep their places: over the sums where there is a keypad. */
export function FailureOfForm() {
  const hasFailed = useTopUp(({ failure }) => failure !== null);
  const wish = useForm(({ topUp: read }) => (read.ok ? read.value : null));
  if (!hasFailed) return null;
  return (
    <div className={c('told')}>
      <Failure wish={wish} />
    </div>
  );
}
