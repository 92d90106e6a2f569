import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../preload/contract/index.ts';
import { classNames } from '../logic/class-names.ts';
import styles from './call-meter.module.css';

const c = classNames(styles);

/** How much of the day's calls is spent; amber once only the calls kept for top-ups are left. */
export function CallMeter({ budget }: { readonly budget: Snapshot['budget'] }) {
  const { t } = useTranslation();
  const free = Math.max(0, budget.limit - budget.keptForIncrements);
  return (
    <div className={c('meter')}>
      <span>{t('strip.calls')}</span>
      <meter
        className={c('bar')}
        aria-label={t('strip.calls')}
        min={0}
        max={Math.max(1, budget.limit)}
        high={free}
        optimum={0}
        value={budget.used}
      />
      <span>{t('strip.callsOf', { used: budget.used, limit: budget.limit })}</span>
    </div>
  );
}
