import { type ReactNode, type RefObject, use, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../kit/button.tsx';
import { classNames } from '../kit/class-names.ts';
import { DigitPad } from '../kit/digit-pad.tsx';
import { Press } from '../kit/press.tsx';
import strip from '../kit/strip.module.css';
import { useKeys } from '../kit/touch.ts';
import { Around } from '../shared/around.ts';
import { isHelpOpen, openHelp } from '../shared/help.ts';
import { isLocked, useTill } from '../shared/topics.ts';
import { useHeading } from '../shared/use-focus-home.ts';
import { useView, view } from '../shared/view.ts';
import styles from './screen-frame.module.css';

const c = classNames(strip, styles);

/** Escape leaves the screen; a dialog keeps it for itself. */
function useEscape(onLeave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isOurs = event.key === 'Escape' && !event.isComposing && !event.defaultPrevented;
      if (!isOurs || isLocked() || isHelpOpen() || view.store.getState().dialog !== null) return;
      event.preventDefault();
      onLeave();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onLeave]);
}

/** A part of a page, one at a time. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly isHere: boolean;
  readonly onPress: () => void;
}

function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav className={c('tabs')} aria-label={label}>
      {tabs.map((tab) => (
        <Press
          key={tab.id}
          className={c('tab', tab.isHere && 'here')}
          aria-current={tab.isHere ? 'page' : undefined}
          onPress={tab.onPress}
        >
          {tab.label}
        </Press>
      ))}
    </nav>
  );
}

interface Props {
  readonly title: string;
  /** What can be done with the whole page, beside its title. */
  readonly actions?: ReactNode;
  readonly tabs?: readonly Tab[];
  /** What it is for, where there is something to do. */
  readonly lead?: string | undefined;
  /** Stays in sight below what scrolls. */
  readonly foot?: ReactNode;
  /** A list of many columns takes the window's width. */
  readonly isWide?: boolean;
  /** Sums are typed here: a finger finds their digits below what scrolls. */
  readonly hasSums?: boolean;
  /** Takes the focus in place of the title. */
  readonly homeRef?: RefObject<HTMLElement | null>;
  /** In place of going straight to the till, where something would be lost. */
  readonly onLeave?: () => void;
  /** False where a field in it takes the focus. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

/** A page of the desk: the same strip, a way back, the list of places, and one thing at a time beside it. */
export function ScreenFrame(props: Props) {
  const { title, lead, actions, tabs, foot, isWide, homeRef, onLeave = view.leave } = props;
  const { takesFocus = true, children } = props;
  const { t } = useTranslation();
  const till = useTill();
  const isFirstDay = useView(({ home }) => home.kind === 'first-day');
  const { banners, status, alarms, rail } = use(Around);
  const mainRef = useRef<HTMLElement>(null);
  const isPadShown = useKeys() && props.hasSums === true;
  const headRef = useHeading(takesFocus && homeRef === undefined, homeRef);
  useEscape(onLeave);
  return (
    <div className={c('page')}>
      <header>
        {banners}
        <div className={c('strip')}>
          {status}
          <span className={c('till')}>{till.name}</span>
          {till.actor !== till.name && <span className={c('actor')}>{till.actor}</span>}
          <span className={c('grow')} />
          <Button look="ghost" shortcut="F1" onPress={openHelp}>
            {t('help.title')}
          </Button>
          <Button look="ghost" shortcut="Esc" onPress={onLeave}>
            {t(isFirstDay ? 'firstDay.back' : 'strip.backToTill')}
          </Button>
        </div>
        {alarms}
      </header>
      <div className={c('desk')}>
        {rail}
        <main ref={mainRef} className={c('main')}>
          <div className={c('column', isWide && 'wide')}>
            <div className={c('head')}>
              <div className={c('titles')}>
                <h1 ref={headRef} tabIndex={-1} className={c('title')}>
                  {title}
                </h1>
                {lead !== undefined && <p className={c('lead')}>{lead}</p>}
              </div>
              {actions}
            </div>
            {tabs !== undefined && <Tabs label={title} tabs={tabs} />}
            {children}
          </div>
        </main>
      </div>
      {(foot !== undefined || isPadShown) && (
        <footer className={c('foot')}>
          {isPadShown && (
            <div className={c('footColumn', 'pad')}>
              <DigitPad of={mainRef} isLine />
            </div>
          )}
          <div className={c('footColumn')}>{foot}</div>
        </footer>
      )}
    </div>
  );
}
