import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { phraseText } from '../../shared/i18n.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useErrorWords } from '../../shared/other-words.ts';
import { useTopic } from '../../shared/topics.ts';
import styles from './update-note.module.css';
import { stripPhrase } from './update-words.ts';

const c = classNames(styles);

/** In the strip; in full in its tooltip and the menu. */
export function UpdateNote() {
  const { t } = useTranslation();
  const update = useTopic('update');
  const phrase = stripPhrase(update);
  const refusal = useErrorWords(update.problem);
  if (phrase === null) return null;
  const { problem, whyNot, version } = update;
  const [first] = whyNot;
  const readyWhy = () =>
    first === undefined ? undefined : t('updates.readyWhy', { version, why: t(`updates.why.${first}`) });
  const title = problem === null ? readyWhy() : refusal;
  return (
    <span className={c('note', problem !== null && 'bad')} title={title} role="status">
      {phraseText(t, phrase)}
    </span>
  );
}

/** On a small screen it is in the menu. */
export function UpdateNow() {
  const { t } = useTranslation();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const isReady = useTopic('update', ({ state }) => state === 'ready');
  if (!isLive || !isReady) return null;
  return (
    <span className={c('now')}>
      <Button look="ghost" onPress={() => openGuarded({ kind: 'update' })}>
        {t('updates.now')}
      </Button>
    </span>
  );
}
