import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClosingAnswer } from '../../../preload/contract/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { till } from '../../shared/bridge.ts';
import { useTopic } from '../../shared/topics.ts';

const answer = (word: ClosingAnswer) => void till.appClose({ answer: word });
const stay = () => answer('stay');

export function ClosingDialog() {
  const { t } = useTranslation();
  const times = useTopic('closing');
  const waiting = useTopic('counts', (counts) => counts.queued + counts.sending);
  const checking = useTopic('counts', (counts) => counts.unknown);
  const open = waiting + checking;
  // Otherwise main closes the window of a broken page.
  useEffect(() => {
    if (times > 0) answer('asked');
  }, [times]);
  if (times === 0) return null;
  return (
    <DialogFrame title={t('closing.title')} onClose={stay}>
      {waiting > 0 && <p>{t('closing.waiting', { count: waiting })}</p>}
      {checking > 0 && <p>{t('closing.checking', { count: checking })}</p>}
      <p>{open > 0 ? t('closing.safe', { count: open }) : t('closing.settled')}</p>
      <Answers>
        <Button look="primary" onPress={() => answer('close')}>
          {t('closing.close')}
        </Button>
        <Button onPress={stay} autoFocus>
          {t('closing.stay')}
        </Button>
      </Answers>
    </DialogFrame>
  );
}
