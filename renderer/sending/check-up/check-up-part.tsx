import { useTranslation } from 'react-i18next';
import { checkUpQuestions } from '../../../preload/contract/app/values.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { Tag } from '../../kit/tag.tsx';
import { phraseText } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './check-up.module.css';
import { answerWord, checkUpTone } from './check-up.ts';

const c = classNames(styles);

/** How the last check-up stands, in short, and the way to it. */
export function CheckUpPart() {
  const { t } = useTranslation();
  const checkUp = useTopic('checkUp');
  if (checkUp === null) return null;
  const { state, answers } = checkUp;
  const progress = { answered: answers.length, all: checkUpQuestions.length };
  return (
    <Part title={t('checkUp.title')} hint={t('checkUp.inShort')}>
      <div className={c('state')}>
        <Tag tone={checkUpTone(state)}>{t(`checkUp.states.${state}`)}</Tag>
        {state !== 'never' && <span>{t('checkUp.progress', progress)}</span>}
        <span className={c('grow')} />
        <Button onPress={() => view.show({ kind: 'check-up' })}>{t('waysOut.check-up')}</Button>
      </div>
      {answers.length > 0 && (
        <ul className={c('short')}>
          {answers.map((given) => {
            const { tone, word } = answerWord(given);
            return (
              <li key={given.question}>
                <span>{t(`checkUp.questions.${given.question}`)}</span>
                <Tag tone={tone}>{phraseText(t, word)}</Tag>
              </li>
            );
          })}
        </ul>
      )}
    </Part>
  );
}
