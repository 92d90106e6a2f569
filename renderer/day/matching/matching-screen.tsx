import { useTranslation } from 'react-i18next';
import { ScreenFrame } from '../../frame/index.ts';
import { useTopic } from '../../shared/topics.ts';
import { AskPart } from './ask-part.tsx';
import type { AskedDays } from './match-form.ts';
import { PilesPart } from './piles-part.tsx';
import { ProgressPart } from './progress-part.tsx';

/** This till's top-ups against KYBIO's log: what to ask for, how far it is, and what came of it. */
export function MatchingScreen({ days }: { readonly days: AskedDays | undefined }) {
  const { t } = useTranslation();
  const matching = useTopic('matching');
  return (
    <ScreenFrame title={t('matching.title')} lead={t('matching.lead')}>
      <AskPart days={days} />
      {matching !== null && <ProgressPart matching={matching} />}
      {matching?.state === 'done' && <PilesPart key={matching.startedAtMs} of={matching.startedAtMs} />}
    </ScreenFrame>
  );
}
