import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { phraseText, wordsText } from '../../shared/i18n.ts';
import styles from './fact-boxes.module.css';
import type { CaseFact } from './review-words.ts';

const c = classNames(styles);

/** Too long for the large type. */
const isLong = (text: string): boolean => text.length > 20;

/** Three facts side by side. */
export function FactBoxes({ facts }: { readonly facts: readonly CaseFact[] }) {
  const { t } = useTranslation();
  if (facts.length === 0) return null;
  return (
    <dl className={c('facts')}>
      {facts.map(({ label, main, small }) => (
        <div key={label.key} className={c('fact')}>
          <dt className={c('label')}>{phraseText(t, label)}</dt>
          <dd className={c('main', isLong(wordsText(t, main)) && 'long')}>{wordsText(t, main)}</dd>
          {small !== null && <dd className={c('small')}>{wordsText(t, small)}</dd>}
        </div>
      ))}
    </dl>
  );
}
