import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../preload/contract/index.ts';
import { storeMoment } from '../../kit/format.ts';
import { memberNameOf } from '../../kit/member-name.ts';
import type { Phrase } from '../../kit/phrase.ts';
import { useWriter } from '../../kit/use-writer.ts';
import { restorationWords } from '../../safety/backups/index.ts';
import { errorText, phraseText } from '../../shared/i18n.ts';
import { useTill, useTopic } from '../../shared/topics.ts';
import { stripPhrase } from '../../updates/updates/index.ts';
import { useGuideStand } from '../practice/index.ts';
import { chainProblemFor, type Notice, noticesOf } from './notices.ts';

/** What there is to know now, the most urgent first. */
export function useNotices(): readonly Notice[] {
  const { t } = useTranslation();
  const till = useTill();
  const { sums } = useWriter(till.currency, till.language);
  const moment = (ms: number) => storeMoment(ms, Date.now(), till.storeTimeZone, till.language);
  const guide = useGuideStand();
  const isLive = useTopic('mode', (mode) => mode === 'live');
  const restored = useTopic('restored');
  const toReview = useTopic('counts', ({ review }) => review);
  const update = useTopic('update');
  const people = useTopic('people');
  const chain = useTopic('chain');
  const updateTitle = stripPhrase(update);
  return noticesOf(
    {
      link: useTopic('link'),
      offline: useTopic('offline'),
      counts: useTopic('counts'),
      activity: useTopic('activity'),
      shift: useTopic('shift'),
      restored:
        restored === null
          ? null
          : {
              title: restorationWords(restored, moment, toReview).title,
              from: restored.backupAtMs === null ? null : moment(restored.backupAtMs),
              lostRows: restored.lostRows,
            },
      unsettled: useTopic('receipts', ({ unsettled }) => unsettled),
      dataPlace: useTopic('dataPlace'),
      damage: useTopic('damage'),
      disk: useTopic('disk'),
      backupProblem: useTopic('backupProblem'),
      chainProblem: chainProblemFor(people, chain),
      guide,
      isExercise: guide?.isUnplugged === true,
      update:
        updateTitle === null
          ? null
          : { title: updateTitle, problem: update.problem, canInstall: isLive && update.state === 'ready' },
    },
    {
      moment,
      sum: (entry) => sums(entry).main.replace(/^\+ /, ''),
      name: (entry) => memberNameOf(t, entry),
    },
  );
}

export const sayNotice = (t: TFunction, words: Phrase | AppError): string =>
  'code' in words ? errorText(t, words) : phraseText(t, words);
