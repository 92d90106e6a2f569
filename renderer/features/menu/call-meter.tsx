import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import styles from './call-meter.module.css';

const c = classNames(styles);

/** How much of the day's calls is spent; amber once only the calls kept for top-ups are left. */
export function CallMeter({ budget }: { readonly budget: Snapshot['budget'] }) {
  const { t } = useTranslation();
  const free = Math.max(0, budget.limit - budget.keptForIncrements);
  const spent = Math.min(1, budget.used / Math.max(1, budget.limit));
  return (
    <div className={c('meter')}>
      <span>{t('strip.calls')}</span>
      {/* Drawn, not a <meter>: its shadow parts are laid out differently from one Chromium to the next. */}
      <svg className={c('bar')} viewBox="0 0 72 6" aria-hidden="true">
        <rect className={c('track')} width="72" height="6" />
        <rect className={c(budget.used > free ? 'high' : 'fill')} width={72 * spent} height="6" />
      </svg>
      <span>{t('strip.callsOf', { used: budget.used, limit: budget.limit })}</span>
    </div>
  );
}
