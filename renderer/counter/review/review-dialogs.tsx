import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError, ReviewAnswerWord, ShownCase } from '../../../preload/contract/index.ts';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { Note } from '../../kit/note.tsx';
import { SafeAnswers } from '../../kit/safe-answers.tsx';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';
import { joinSentences } from '../../shared/i18n.ts';
import { view } from '../../shared/view.ts';
import { topUp } from '../counter/index.ts';
import { isOutdated } from './review-store.ts';
import { riskKey } from './review-words.ts';
import { reviews } from './reviews.ts';
import { useAnswerWords } from './use-answer-words.ts';
import { useReviewWriter } from './use-review-writer.ts';

/** The screen was outdated: the list is loaded again and shows why. */
const toldThere =
  (reference: string) =>
  (error: AppError): boolean => {
    if (!isOutdated(error)) return false;
    void reviews.finish({ kind: 'undone', reference, error });
    return true;
  };

/** To the form, with the card's current holder: a person enters what they get. */
function toItsOwner(number: string): void {
  view.show({ kind: 'till' });
  void topUp.scan(number);
}

interface AnswerProps {
  readonly review: ShownCase;
  readonly answer: ReviewAnswerWord;
}

/** A deviating answer needs a confirmation first. */
export function AnswerDialog({ review, answer }: AnswerProps) {
  const { t } = useTranslation();
  const write = useReviewWriter();
  const say = useAnswerWords();
  const risk = riskKey(review, answer);
  const [isSure, setSure] = useState(risk === null);
  const { entry, version, reading } = review;
  const { reference } = entry;
  const name = write.nameOf(entry);
  const sum = write.sumOf(entry);
  const title = t('review.ask.title', { answer: say(review, answer), name, sum });
  if (!isSure && risk !== null)
    return <Sure title={title} risk={t(risk, { name, sum })} onSure={() => setSure(true)} />;
  return (
    <PinDialog
      title={title}
      lead={joinSentences(t, [t(`review.ask.${answer}`, { reference }), t('review.ask.journaled')])}
      action={t(`review.ask.confirm.${answer}`)}
      again={`review:answer ${answer}`}
      send={(pin) => {
        const named = { readingId: reading?.readingId, isMeant: risk !== null };
        return till.reviewAnswer({ id: entry.id, version, answer, pin, ...named });
      }}
      onFailure={toldThere(reference)}
      onDone={() => {
        const phrase = { key: `review.done.${answer}`, values: { reference, name } };
        void reviews.finish({ kind: 'done', phrase });
        if (answer === 'drop' && entry.cause === 'card-of-another') toItsOwner(entry.memberNumber);
      }}
    />
  );
}

interface SureProps {
  readonly title: string;
  readonly risk: string;
  readonly onSure: () => void;
}

/** The confirmation. */
function Sure({ title, risk, onSure }: SureProps) {
  const { t } = useTranslation();
  return (
    <DialogFrame title={title} onClose={view.close}>
      <Note tone="warn">
        <b>{t('review.ask.sure')}</b> {risk}
      </Note>
      <SafeAnswers
        label={title}
        safe={t('common.cancel')}
        onSafe={view.close}
        act={t('review.ask.goOn')}
        onAct={onSure}
        isDanger
      />
    </DialogFrame>
  );
}
