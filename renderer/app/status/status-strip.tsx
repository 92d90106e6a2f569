import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { firstRefused } from '../../kit/entry-words.ts';
import { storeMoment } from '../../kit/format.ts';
import strip from '../../kit/strip.module.css';
import unseen from '../../kit/unseen.module.css';
import { useUnlocked } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { phraseText } from '../../shared/i18n.ts';
import { openFind, openReview } from '../../shared/open-dialogs.ts';
import { topics, useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { UpdateNote, UpdateNow } from '../../updates/updates/index.ts';
import { SendNow } from './send-now.tsx';
import { forecastOf } from './status.ts';
import { StatusPill } from './status-pill.tsx';
import styles from './status-strip.module.css';

const c = classNames(strip, unseen, styles);

/** An entry of an earlier day may not be in the list. */
function openRefused(): void {
  const entry = firstRefused(topics.now('activity') ?? []);
  if (entry === undefined) openFind();
  else view.open({ kind: 'details', entry });
}

function Forecast() {
  const { t } = useTranslation();
  const till = useTill();
  const budget = useTopic('budget');
  const timeText = (ms: number) => storeMoment(ms, Date.now(), till.storeTimeZone, till.language);
  const phrase = forecastOf(budget, Date.now(), timeText);
  if (phrase === null) return null;
  const words = phraseText(t, phrase);
  return words.split(t('app.separator')).map((part, index) => (
    <span key={part} className={c('forecast')} title={words}>
      {index > 0 && t('app.separator').trimStart()}
      {part}
    </span>
  ));
}

interface Props {
  /** The open shift, where shifts are used. */
  readonly shift: ReactNode;
  readonly onDay: (() => void) | null;
  readonly onMenu: () => void;
}

export function StatusStrip({ shift, onDay, onMenu }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const unlocked = useUnlocked();
  return (
    <div className={c('strip')}>
      <StatusPill onReview={() => openReview(null)} onRefused={openRefused} />
      <div className={c('who')}>
        <h1 className={c('till')} title={t('strip.tillOf', { number: till.number, count: till.count })}>
          {till.name}
        </h1>
        {shift}
        {unlocked !== null && <span>{unlocked}</span>}
        <UpdateNote />
        <Forecast />
      </div>
      <SendNow />
      <nav className={c('tools')} aria-label={t('strip.tools')}>
        <UpdateNow />
        {unlocked !== null && (
          <Button look="ghost" onPress={() => void bridge.managerLock({})}>
            {t('manager.lockNow')}
          </Button>
        )}
        <Button look="ghost" shortcut="F3" onPress={openFind}>
          {t('strip.find')}
        </Button>
        {onDay !== null && (
          <Button look="ghost" shortcut="F4" onPress={onDay}>
            {t('strip.day')}
          </Button>
        )}
        <Button look="ghost" shortcut="F10" onPress={onMenu}>
          {t('strip.menu')}
        </Button>
        {till.actor !== till.name && (
          <Button look="ghost" shortcut="F12" onPress={() => view.open({ kind: 'sign-in' })}>
            <bdi className={c('person')}>{till.actor}</bdi>
            <span className={c('unseen')}>{t('strip.person')}</span>
          </Button>
        )}
      </nav>
    </div>
  );
}
