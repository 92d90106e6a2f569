import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topics } from '../../../preload/contract/index.ts';
import { ScreenFrame } from '../../frame/index.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import card from '../../kit/card.module.css';
import { classNames } from '../../kit/class-names.ts';
import { masked } from '../../kit/format.ts';
import { Note } from '../../kit/note.tsx';
import type { Tone } from '../../kit/phrase.ts';
import { Tag } from '../../kit/tag.tsx';
import { till as bridge } from '../../shared/bridge.ts';
import { openGuarded } from '../../shared/open-dialogs.ts';
import { useTopic } from '../../shared/topics.ts';
import { useDayTabs } from '../shifts/index.ts';
import { AskPart } from './ask-part.tsx';
import type { AskedDays } from './match-form.ts';
import styles from './matching.module.css';
import { PilesPart } from './piles-part.tsx';

export function MatchingScreen({ days }: { readonly days: AskedDays | undefined }) {
  const { t } = useTranslation();
  const matching = useTopic('matching');
  const tabs = useDayTabs('match');
  const startedAtMs = matching?.startedAtMs ?? null;
  const [atOpenMs] = useState(startedAtMs);
  return (
    <ScreenFrame title={t('matching.title')} lead={t('matching.lead')} tabs={tabs}>
      <AskPart days={days} />
      {matching !== null && <ProgressPart matching={matching} />}
      {startedAtMs !== null && matching?.state === 'done' && (
        <PilesPart key={startedAtMs} of={startedAtMs} isNew={startedAtMs !== atOpenMs} />
      )}
    </ScreenFrame>
  );
}

const c = classNames(card, styles);

type Matching = NonNullable<Topics['matching']>;

const tones: Readonly<Record<Matching['state'], Tone>> = {
  reading: 'neutral',
  held: 'warn',
  stopped: 'warn',
  failed: 'bad',
  done: 'good',
};

function useAbout(): (of: Matching['ask']) => string {
  const { t } = useTranslation();
  return (of) => {
    if (of.of === 'member') {
      return t('matching.about.member', { name: of.name, number: masked(of.number) });
    }
    return t(of.from === of.to ? 'matching.about.day' : 'matching.about.days', { from: of.from, to: of.to });
  };
}

function ProgressPart({ matching }: { readonly matching: Matching }) {
  const { t } = useTranslation();
  const about = useAbout();
  const { state, why, calls, rows } = matching;
  const isOpen = state === 'reading' || state === 'held';
  return (
    <section className={c('card')} aria-label={t('matching.newest')}>
      <h2 className={c('heading')}>{about(matching.ask)}</h2>
      <div className={c('state')} aria-live="polite">
        <Tag tone={tones[state]}>{t(`matching.states.${state}`)}</Tag>
        <span>{t('matching.asked', { count: calls })}</span>
        <span>{t('matching.read', { count: rows })}</span>
      </div>
      {why !== null && <Note tone={state === 'failed' ? 'bad' : 'warn'}>{t(`matching.whys.${why}`)}</Note>}
      {(isOpen || state === 'stopped') && (
        <Answers>
          {isOpen ? (
            <Button onPress={() => void bridge.matchingStop({})}>{t('matching.stop')}</Button>
          ) : (
            <Button look="primary" onPress={() => openGuarded({ kind: 'match', ask: null })}>
              {t('matching.goOn')}
            </Button>
          )}
        </Answers>
      )}
    </section>
  );
}
