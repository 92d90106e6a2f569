import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../preload/contract/index.ts';
import { classNames } from '../../kit/class-names.ts';
import { storeMoment } from '../../kit/format.ts';
import { Part } from '../../kit/part.tsx';
import { joinSentences } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import styles from './kybio.module.css';

const c = classNames(styles);

const WIDTH = 720;
const GAP = 3;

/** SVG, since Chromium versions lay out <meter> differently. */
function CallsBar({ parts }: { readonly parts: readonly (readonly [look: string, calls: number])[] }) {
  const all = Math.max(
    1,
    parts.reduce((sum, [, calls]) => sum + calls, 0),
  );
  let from = 0;
  return (
    <svg className={c('bar')} viewBox={`0 0 ${WIDTH} 12`} preserveAspectRatio="none" aria-hidden="true">
      {parts.map(([look, calls]) => {
        const width = (WIDTH * calls) / all;
        const x = from;
        from += width;
        return (
          <rect
            key={look}
            className={c(look)}
            x={x}
            width={Math.max(calls > 0 ? GAP : 0, width - GAP)}
            height="12"
          />
        );
      })}
    </svg>
  );
}

function useWords({ toldAtMs, lookUpsEndAtMs }: Snapshot['budget']) {
  const { t } = useTranslation();
  const { storeTimeZone, language } = useTill();
  const moment = (ms: number) => storeMoment(ms, Date.now(), storeTimeZone, language);
  return {
    counted: toldAtMs === null ? t('account.callsOwn') : t('account.callsTold', { time: moment(toldAtMs) }),
    forLookUps:
      lookUpsEndAtMs === null
        ? t('account.forLookUps')
        : t('account.forLookUpsUntil', { time: moment(lookUpsEndAtMs) }),
  };
}

/** The account's calls of today: used, left for look-ups, and kept for top-ups. */
export function CallsPart() {
  const { t } = useTranslation();
  const budget = useTopic('budget');
  const { limit, left, lookUpsLeft } = budget;
  const words = useWords(budget);
  const rows = [
    ['used', t('account.used'), Math.max(0, limit - left)],
    ['look', words.forLookUps, lookUpsLeft],
    ['kept', t('account.forTopUps'), Math.max(0, left - lookUpsLeft)],
  ] as const;
  const lead = joinSentences(t, [t('account.callsLead', { limit }), words.counted]);
  return (
    <Part title={t('account.calls')} hint={lead}>
      <CallsBar parts={rows.map(([look, , calls]) => [look, calls] as const)} />
      <dl className={c('calls')}>
        {rows.map(([look, label, calls]) => (
          <div key={look} className={c('call')}>
            <dt>
              <span className={c('key', look)} aria-hidden="true" />
              {label}
            </dt>
            <dd>{calls}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
