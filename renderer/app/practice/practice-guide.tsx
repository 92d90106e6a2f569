import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Icon } from '../../kit/icons.tsx';
import unseen from '../../kit/unseen.module.css';
import { joinSentences } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { guide, useGuide } from './guide.ts';
import { type GuideProgress, type GuideStep, guideSteps, isGuideDone } from './guide-steps.ts';
import styles from './practice-guide.module.css';

const c = classNames(unseen, styles);

function useStepWords() {
  const { t } = useTranslation();
  const sample = useTopic('practice', (practice) => practice?.samples[0]);
  return (step: GuideStep): string => {
    if (step !== 'member') return t(`guide.steps.${step}`);
    if (sample === undefined) return t('guide.steps.memberTyped');
    return t('guide.steps.member', { name: sample.name, number: sample.number });
  };
}

function Steps({ progress }: { readonly progress: GuideProgress }) {
  const { t } = useTranslation();
  const say = useStepWords();
  return (
    <ol className={c('steps')}>
      {guideSteps.map((step, index) => {
        const isDone = index < progress.done;
        const isNow = index === progress.done;
        return (
          <li
            key={step}
            className={c('step', isDone && 'done', isNow && 'now')}
            aria-current={isNow ? 'step' : undefined}
          >
            <span className={c('mark')} aria-hidden="true">
              {isDone ? <Icon name="check" /> : index + 1}
            </span>
            <span>
              {say(step)}
              {isDone && (
                <span className={c('unseen')}>
                  {t('app.sentenceGap')}
                  {t('guide.done')}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** The steps of the first minute; one line on a small screen. */
export function PracticeGuide() {
  const { t } = useTranslation();
  const say = useStepWords();
  const isOpen = useGuide((state) => state.isOpen);
  const progress = useGuide((state) => state.progress);
  if (!isOpen || progress === null) return null;
  const now = guideSteps[progress.done];
  const number = { number: progress.done + 1, count: guideSteps.length };
  return (
    <section className={c('guide', isGuideDone(progress) && 'finished')} aria-label={t('guide.title')}>
      <div className={c('head')}>
        <h2 className={c('title')}>{t(now === undefined ? 'guide.finished' : 'guide.title')}</h2>
        <Button look="ghost" shape="icon" aria-label={t('guide.putAway')} onPress={guide.putAway}>
          <Icon name="close" />
        </Button>
      </div>
      <Steps progress={progress} />
      <p className={c('unseen')} aria-live="polite">
        {now === undefined ? t('guide.finished') : joinSentences(t, [t('guide.step', number), say(now)])}
      </p>
    </section>
  );
}
