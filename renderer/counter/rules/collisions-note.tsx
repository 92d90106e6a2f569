import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { Note } from '../../kit/note.tsx';
import { useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';

/** A notice on the till's screen of unseen collisions. */
export function CollisionsNote() {
  const { t } = useTranslation();
  const isCalled = useTopic('rules', ({ collisions }) => collisions > 0);
  if (!isCalled) return null;
  return (
    <Note tone="warn" isNews>
      <p>{t('rules.collisions.news')}</p>
      <Button onPress={() => view.show({ kind: 'rules' })}>{t('rules.collisions.see')}</Button>
    </Note>
  );
}
