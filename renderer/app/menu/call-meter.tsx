import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import styles from './call-meter.module.css';

const c = classNames(styles);

/** The account's calls left; amber once they are reserved for top-ups. */
export function CallMeter({ budget }: { readonly budget: Snapshot['budget'] }) {
  const { t } = useTranslation();
  const { left, limit, toldAtMs, lookUpsLeft } = budget;
  const part = Math.min(1, left / Math.max(1, limit));
  return (
    <div className={c('meter')}>
      <span>{t('strip.calls')}</span>
      {/* SVG, since Chromium versions lay out <meter> differently. */}
      <svg className={c('bar')} viewBox="0 0 72 6" aria-hidden="true">
        <rect className={c('track')} width="72" height="6" />
        <rect className={c(lookUpsLeft === 0 ? 'high' : 'fill')} width={72 * part} height="6" />
      </svg>
      <span>{t(toldAtMs === null ? 'strip.callsAtMost' : 'strip.callsOf', { left, limit })}</span>
    </div>
  );
}
