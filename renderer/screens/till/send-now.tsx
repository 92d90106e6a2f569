import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { till as bridge } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { useWriter } from '../../components/use-writer.ts';
import { classNames } from '../../logic/class-names.ts';
import { useSnapshot, useTill, view } from '../../stores/index.ts';
import styles from './send-now.module.css';

const c = classNames(styles);

/** How long it is told why nothing goes. */
const TOLD_MS = 8_000;

type Held = 'nothing-waiting' | 'paused' | 'offline' | 'behind-checking';

/** Asks, and keeps the answer for a while; every press counts anew. */
function useSendNow() {
  const [told, setTold] = useState<{ readonly held: Held } | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => setTold(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [told]);
  const send = async () => {
    view.notice(null);
    const reply = await bridge.syncSendNow({});
    if (!reply.ok) return view.notice(reply.error);
    setTold(reply.value.held === null ? null : { held: reply.value.held });
  };
  return { told, send };
}

/** What waits, a press that sends it, and why nothing goes all the same. */
export function SendNow() {
  const { t } = useTranslation();
  const till = useTill();
  const isWaiting = useSnapshot(({ counts }) => counts.queued + counts.sending > 0);
  const waiting = useSnapshot((snapshot) => snapshot.waiting);
  const write = useWriter(till.currency, till.language);
  const { told, send } = useSendNow();
  return (
    <div className={c('place')}>
      {isWaiting && (
        <>
          <span className={c('sum')}>
            {t('strip.toSend', { sum: write.both(waiting.balance, waiting.point) })}
          </span>
          <Button onPress={() => void send()}>{t('strip.sendNow')}</Button>
        </>
      )}
      <p className={c('told', told === null && 'gone')} aria-live="polite">
        {told !== null && t(`strip.held.${told.held}`)}
      </p>
    </div>
  );
}
