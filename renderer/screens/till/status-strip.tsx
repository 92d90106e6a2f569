import { useTranslation } from 'react-i18next';
import { till as bridge } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { CallMeter } from '../../components/call-meter.tsx';
import { SMALL_SCREEN, useMedia } from '../../components/use-media.ts';
import { useWriter } from '../../components/use-writer.ts';
import { classNames } from '../../logic/class-names.ts';
import { useSnapshot, useTill, view } from '../../stores/index.ts';
import { openReview } from '../activity/open-dialogs.ts';
import { StatusPill } from './status-pill.tsx';
import styles from './status-strip.module.css';

const c = classNames(styles);

async function sendNow() {
  const reply = await bridge.syncSendNow({});
  if (!reply.ok) view.notice(reply.error);
}

interface Props {
  readonly onFind: () => void;
  readonly onMenu: () => void;
}

export function StatusStrip({ onFind, onMenu }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const counts = useSnapshot((snapshot) => snapshot.counts);
  const waiting = useSnapshot((snapshot) => snapshot.waiting);
  const budget = useSnapshot((snapshot) => snapshot.budget);
  const write = useWriter(till.currency, till.language);
  const isSmall = useMedia(SMALL_SCREEN);
  const somethingWaits = counts.queued + counts.sending > 0;
  return (
    <div className={c('strip')}>
      <StatusPill onReview={() => openReview(null)} />
      <div className={c('who')}>
        <h1 className={c('till')}>{till.name}</h1>
        {till.cashier !== till.name && <span>{till.cashier}</span>}
      </div>
      {somethingWaits && (
        <>
          <span className={c('sum')}>
            {t('strip.toSend', { sum: write.both(waiting.balance, waiting.point) })}
          </span>
          <Button onPress={() => void sendNow()}>{t('strip.sendNow')}</Button>
        </>
      )}
      {!isSmall && <CallMeter budget={budget} />}
      <nav className={c('tools')} aria-label={t('strip.tools')}>
        <Button look="ghost" shortcut="F2" onPress={onFind}>
          {t('strip.find')}
        </Button>
        <Button look="ghost" shortcut="F10" onPress={onMenu}>
          {t('strip.menu')}
        </Button>
      </nav>
    </div>
  );
}
