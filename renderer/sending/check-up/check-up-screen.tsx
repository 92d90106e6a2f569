import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkUpQuestions } from '../../../preload/contract/app/values.ts';
import type { CheckUp } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { ErrorNote } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { durationWords, storeMoment } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import { Tag } from '../../kit/tag.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { joinSentences, phraseText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './check-up.module.css';
import { answerText, answerWord, checkUpTone, finishedAtMs, isGoingOn } from './check-up.ts';

const c = classNames(card, styles);

function useMoment() {
  const till = useTill();
  return (ms: number) => storeMoment(ms, Date.now(), till.storeTimeZone, till.language);
}

/** Unknown problems are shown as they are. */
const problemText = (t: TFunction, problem: string): string =>
  t(`checkUp.problems.${problem}`, { defaultValue: problem });

function Progress({ checkUp }: { readonly checkUp: CheckUp }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const { state, memberNumber: number, startedAtMs, nextAtMs, reversed, problem } = checkUp;
  if (startedAtMs === null) return null;
  const isOpen = isGoingOn(checkUp);
  const finished = finishedAtMs(checkUp);
  const when =
    isOpen || finished === null
      ? t('checkUp.startedAt', { time: moment(startedAtMs), number })
      : t('checkUp.finishedAt', { time: moment(finished), number });
  const left = isOpen ? 'checkUp.notReversed' : 'checkUp.notReversedEnded';
  return (
    <>
      <p className={c('quiet')}>{when}</p>
      {state === 'waiting' && nextAtMs !== null && <p>{t('checkUp.next', { time: moment(nextAtMs) })}</p>}
      {problem !== null && <ErrorNote>{problemText(t, problem)}</ErrorNote>}
      <Note tone={reversed ? 'good' : isOpen ? 'neutral' : 'bad'}>
        {reversed ? t('checkUp.reversed') : t(left, { number })}
      </Note>
      {!isOpen && !reversed && (
        <div className={c('answers')}>
          <Button onPress={() => openGuarded({ kind: 'check-up', act: { kind: 'take-back', number } })}>
            {t('checkUp.takeBack')}
          </Button>
        </div>
      )}
    </>
  );
}

interface StartProps {
  /** The last test member's number; empty before the first run. */
  readonly before: string;
  readonly onStart: (number: string) => void;
}

function StartForm({ before, onStart }: StartProps) {
  const { t } = useTranslation();
  const [number, setNumber] = useState(before);
  const [isProblemShown, showProblem] = useState(false);
  const isMissing = number.trim() === '';
  const start = () => {
    showProblem(true);
    if (!isMissing) onStart(number.trim());
  };
  return (
    <div className={c('ask')}>
      <TextBox
        label={t('checkUp.member')}
        hint={t('checkUp.memberHint')}
        value={number}
        onChange={setNumber}
        onEnter={start}
        error={isProblemShown && isMissing ? t('checkUp.memberMissing') : undefined}
      />
      <div className={c('beside')}>
        <Button look={before === '' ? 'primary' : 'plain'} onPress={start}>
          {t(before === '' ? 'checkUp.start' : 'checkUp.startAgain')}
        </Button>
      </div>
    </div>
  );
}

function AnswerCells({ given }: { readonly given: CheckUp['answers'][number] | undefined }) {
  const { t } = useTranslation();
  const { language } = useTill();
  if (given === undefined) {
    return (
      <>
        <td className={c('open')}>{t('checkUp.open')}</td>
        <td />
      </>
    );
  }
  const { tone, word } = answerWord(given);
  const said = answerText(given, (ms) => durationWords(ms, language));
  return (
    <>
      <td>
        <Tag tone={tone}>{phraseText(t, word)}</Tag>
      </td>
      <td className={c('words')}>
        {joinSentences(
          t,
          said.map((phrase) => phraseText(t, phrase)),
        )}
      </td>
    </>
  );
}

/** Shown before the first run. */
function Questions() {
  const { t } = useTranslation();
  return (
    <section className={c('card')} aria-label={t('checkUp.tableNever')}>
      <h2 className={c('heading')}>{t('checkUp.tableNever')}</h2>
      <ul className={c('questions')}>
        {checkUpQuestions.map((question) => (
          <li key={question}>{t(`checkUp.questions.${question}`)}</li>
        ))}
      </ul>
    </section>
  );
}

function AnswersTable({ checkUp }: { readonly checkUp: CheckUp }) {
  const { t } = useTranslation();
  return (
    <div className={c('card')}>
      <table className={c('table')}>
        <caption>{t('checkUp.table')}</caption>
        <thead>
          <tr>
            <th scope="col" className={c('first')}>
              {t('checkUp.question')}
            </th>
            <th scope="col" className={c('second')}>
              {t('checkUp.answer')}
            </th>
            <th scope="col">{t('checkUp.words')}</th>
          </tr>
        </thead>
        <tbody>
          {checkUpQuestions.map((question) => {
            const given = checkUp.answers.find((answer) => answer.question === question);
            return (
              <tr key={question}>
                <th scope="row">{t(`checkUp.questions.${question}`)}</th>
                <AnswerCells given={given} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export function CheckUpScreen() {
  const { t } = useTranslation();
  const checkUp = useTopic('checkUp');
  if (checkUp === null) return null;
  const { state, answers } = checkUp;
  return (
    <ScreenFrame title={t('checkUp.title')} lead={t('checkUp.lead')}>
      <p className={c('quiet')}>{t('checkUp.leadWorst')}</p>
      <section className={c('card')} aria-label={t('checkUp.title')}>
        <div className={c('state')} aria-live="polite">
          <Tag tone={checkUpTone(state)}>{t(`checkUp.states.${state}`)}</Tag>
          {state !== 'never' && (
            <span>{t('checkUp.progress', { answered: answers.length, all: checkUpQuestions.length })}</span>
          )}
        </div>
        <Progress checkUp={checkUp} />
        {isGoingOn(checkUp) ? (
          <div className={c('answers')}>
            <Button onPress={() => openGuarded({ kind: 'check-up', act: { kind: 'stop' } })}>
              {t('checkUp.stop')}
            </Button>
          </div>
        ) : (
          <StartForm
            before={checkUp.memberNumber}
            onStart={(number) => openGuarded({ kind: 'check-up', act: { kind: 'start', number } })}
          />
        )}
      </section>
      {state === 'never' ? <Questions /> : <AnswersTable checkUp={checkUp} />}
    </ScreenFrame>
  );
}
