import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { firstRefused } from '../../kit/entry-words.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { initialsOf } from '../../kit/initials.ts';
import strip from '../../kit/strip.module.css';
import unseen from '../../kit/unseen.module.css';
import { useUnlocked } from '../../people/manager/index.ts';
import { till as bridge } from '../../shared/bridge.ts';
import { openDay, openFind, openReview } from '../../shared/open-dialogs.ts';
import { topics, useTill, useTopic } from '../../shared/topics.ts';
import { view } from '../../shared/view.ts';
import { SendNow } from './send-now.tsx';
import { StatusPill } from './status-pill.tsx';
import styles from './status-strip.module.css';

const c = classNames(strip, unseen, styles);

/** An entry of an earlier day may not be in the list. */
function openRefused(): void {
  const entry = firstRefused(topics.now('activity') ?? []);
  if (entry === undefined) openFind();
  else view.open({ kind: 'details', entry });
}

/** Members are still found, as last known. */
function LookUpsEnded() {
  const { t } = useTranslation();
  const isOver = useTopic('budget', ({ lookUpsLeft }) => lookUpsLeft === 0);
  if (!isOver) return null;
  const words = t('strip.lookUpsEnded');
  return words.split(t('app.separator')).map((part, index) => (
    <span key={part} className={c('ended')} title={words}>
      {index > 0 && t('app.separator').trimStart()}
      {part}
    </span>
  ));
}

interface ToolProps {
  readonly icon: IconName;
  readonly word: string;
  readonly shortcut?: string;
  /** Its word is seen only where there is much room. */
  readonly isLong?: boolean;
  /** Its word is seen in every window. */
  readonly isWord?: boolean;
  readonly onPress: () => void;
}

function Tool({ icon, word, shortcut, isLong = false, isWord = false, onPress }: ToolProps) {
  return (
    <span className={c('tool')}>
      <Button look="ghost" onPress={onPress} {...(shortcut === undefined ? {} : { shortcut })}>
        <Icon name={icon} />
        <span className={c('word', isWord && 'always', isLong && 'long')}>{word}</span>
      </Button>
    </span>
  );
}

/** Who is there; a press changes that. */
function PersonChip({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <span className={c('tool', 'who-is-there')}>
      <Button look="ghost" shortcut="F12" onPress={() => view.open({ kind: 'sign-in' })}>
        <span className={c('initials')} aria-hidden="true">
          {initialsOf(name)}
        </span>
        <bdi className={c('person')}>{name}</bdi>
        <span className={c('unseen')}>{t('strip.person')}</span>
      </Button>
    </span>
  );
}

interface Props {
  /** The open shift, where shifts are used. */
  readonly shift: ReactNode;
  readonly onMenu: () => void;
}

export function StatusStrip({ shift, onMenu }: Props) {
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
        {unlocked !== null && <span className={c('unlocked')}>{unlocked}</span>}
        <LookUpsEnded />
      </div>
      <SendNow />
      <nav className={c('tools')} aria-label={t('strip.tools')}>
        {unlocked !== null && (
          <Tool icon="lock" word={t('manager.lockNow')} onPress={() => void bridge.managerLock({})} isLong />
        )}
        <Tool icon="find" word={t('strip.find')} shortcut="F3" onPress={openFind} />
        <Tool icon="day" word={t('strip.day')} shortcut="F4" onPress={openDay} />
        <Tool icon="menu" word={t('strip.menu')} shortcut="F10" onPress={onMenu} isWord />
        {till.actor !== till.name && <PersonChip name={till.actor} />}
      </nav>
    </div>
  );
}
