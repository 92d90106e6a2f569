import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelReply } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import styles from './send-now.module.css';

const c = classNames(styles);

const SHOWN_MS = 8_000;

/** The press itself tries again, and finds out so soon whether there is a network. */
const TRIED_MS = 1_500;

type SendNowReply = ChannelReply<'sync:sendNow'>;

/** Shows the reply for a while, but never longer than it is so; each press starts over. */
function useSendNow(isWaiting: boolean) {
  const [reply, setReply] = useState<SendNowReply | null>(null);
  useEffect(() => {
    if (reply === null) return;
    const timer = setTimeout(() => setReply(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [reply]);
  const send = async () => {
    view.notice(null);
    const answer = await bridge.syncSendNow({});
    if (!answer.ok) return view.notice(answer.error);
    setReply(null);
    if (answer.value.why === 'offline') await new Promise((resolve) => setTimeout(resolve, TRIED_MS));
    setReply(answer.value.why === null ? null : answer.value);
  };
  const isBack = useTopic('link', ({ state }) => state === 'online');
  const isOver = !isWaiting && reply?.why !== 'nothing-waiting';
  return { reply: isOver || (isBack && reply?.why === 'offline') ? null : reply, send };
}

/** Sends what waits, or shows why nothing is sent. */
export function SendNow() {
  const { t } = useTranslation();
  const till = useTill();
  const isWaiting = useTopic('counts', (counts) => counts.queued + counts.sending > 0);
  const waiting = useTopic('waiting');
  const write = useWriter(till.currency, till.language);
  const { reply, send } = useSendNow(isWaiting);
  return (
    <div className={c('place')}>
      {isWaiting && (
        <>
          {waiting.balance !== null && waiting.point !== null && (
            <span className={c('sum')}>
              {t('strip.toSend', { sum: write.both(waiting.balance, waiting.point, waiting.bonus) })}
            </span>
          )}
          <Button onPress={() => void send()}>{t('strip.sendNow')}</Button>
        </>
      )}
      <div className={c('told', reply === null && 'gone')}>
        <p aria-live="polite">{reply !== null && t(`strip.why.${reply.why}`)}</p>
      </div>
    </div>
  );
}
