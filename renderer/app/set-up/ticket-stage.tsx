import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import type { TicketLook } from '../../kit/ticket.ts';
import { TicketFace } from '../../kit/ticket-face.tsx';
import styles from './first-start.module.css';

const c = classNames(styles);

const slips = [
  { key: 'online', look: 'done' },
  { key: 'offline', look: 'wait' },
  { key: 'back', look: 'done' },
] as const satisfies readonly { key: string; look: TicketLook }[];

/** Three tickets: sent, stored without a network, sent once. */
export function TicketStage() {
  const { t } = useTranslation();
  return (
    <ol className={c('stage')} aria-label={t('firstStart.stage.label')}>
      {slips.map(({ key, look }) => (
        <li key={key} className={c('slip')}>
          <TicketFace
            look={look}
            number={t(`firstStart.stage.${key}.number`)}
            stub={[t(`firstStart.stage.${key}.when`)]}
            title={t(`firstStart.stage.${key}.sum`)}
            line={t(`firstStart.stage.${key}.told`)}
            word={t(`firstStart.stage.${key}.state`)}
          />
        </li>
      ))}
    </ol>
  );
}
