import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { till } from '../../shared/bridge.ts';
import { errorText, joinSentences } from '../../shared/i18n.ts';
import { useTopic } from '../../shared/topics.ts';
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

/** KYBIO's own count, of all tills and programs; each press is a call. */
function AskKybio() {
  const { t } = useTranslation();
  const [told, setTold] = useState('');
  const [isAsking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    const reply = await till.syncAskCalls({});
    setAsking(false);
    if (!reply.ok) return setTold(errorText(t, reply.error));
    if (reply.value === null) return setTold(t('account.callsNotTold'));
    const { used, limit } = reply.value;
    setTold(
      limit === null ? t('account.callsByKybioOpen', { used }) : t('account.callsByKybio', { used, limit }),
    );
  };
  return (
    <div className={c('ask')}>
      <Button onPress={() => void ask()} isDisabled={isAsking}>
        {t('account.askCalls')}
      </Button>
      <span role="status">{told}</span>
    </div>
  );
}

/** The account's calls of today: used, left for look-ups, and kept for top-ups. */
export function CallsPart() {
  const { t } = useTranslation();
  const { limit, left, lookUpsLeft } = useTopic('budget');
  const rows = [
    ['used', t('account.used'), Math.max(0, limit - left)],
    ['look', t('account.forLookUps'), lookUpsLeft],
    ['kept', t('account.forTopUps'), Math.max(0, left - lookUpsLeft)],
  ] as const;
  const lead = joinSentences(t, [t('account.callsLead', { limit }), t('account.callsOwn')]);
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
      <AskKybio />
    </Part>
  );
}
