import { type ReactNode, type RefObject, use, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../kit/button.tsx';
import card from '../kit/card.module.css';
import { classNames } from '../kit/class-names.ts';
import { DigitPad } from '../kit/digit-pad.tsx';
import { Icon } from '../kit/icons.tsx';
import { Press } from '../kit/press.tsx';
import strip from '../kit/strip.module.css';
import { useKeys } from '../kit/touch.ts';
import { useListKeys } from '../kit/use-list-keys.ts';
import { useMedia } from '../kit/use-media.ts';
import { Around } from '../shared/around.ts';
import { isHelpOpen, openHelp } from '../shared/help.ts';
import { followPlaceKey } from '../shared/place-keys.ts';
import { isLocked, useTill } from '../shared/topics.ts';
import { useHeading } from '../shared/use-focus-home.ts';
import { useView, view } from '../shared/view.ts';
import styles from './screen-frame.module.css';

const c = classNames(card, strip, styles);

/** Nothing has room beside sums here; the same words as in the style sheet. */
const NARROW = '(max-width: 759px)';

/** Escape leaves the screen, and keys lead elsewhere; a dialog keeps them for itself. */
function useScreenKeys(onLeave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isCovered = isLocked() || isHelpOpen() || view.store.getState().dialog !== null;
      if (isCovered || event.isComposing || event.defaultPrevented) return;
      const { kind } = view.store.getState().screen;
      if (event.key === 'Escape') onLeave();
      else if (!followPlaceKey(event)) return;
      event.preventDefault();
      // A field is left before it goes with its page: what is typed in it is set.
      const isLeft = view.store.getState().screen.kind !== kind;
      if (isLeft && document.activeElement instanceof HTMLElement) document.activeElement.blur();
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
  const ref = useListKeys<HTMLElement>();
  return (
    <nav ref={ref} className={c('tabs')} aria-label={label}>
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
  /** A list of many columns takes the window's width. */
  readonly isWide?: boolean;
  /** Sums are typed here: a finger finds their digits beside them, in a narrow window below what scrolls. */
  readonly hasSums?: boolean;
  /** Stays in sight beside what scrolls, above the digits. */
  readonly beside?: ReactNode;
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
  const { title, lead, actions, tabs, isWide, homeRef, onLeave = view.leave } = props;
  const { takesFocus = true, children } = props;
  const { t } = useTranslation();
  const till = useTill();
  const isFirstDay = useView(({ home }) => home.kind === 'first-day');
  const { banners, status, alarms, rail, pick, who } = use(Around);
  const mainRef = useRef<HTMLElement>(null);
  const { hasSums = false, beside = false } = props;
  const isPadShown = useKeys() && hasSums;
  const isPadLine = useMedia(NARROW) && isPadShown;
  const isPadBeside = isPadShown && !isPadLine;
  const headRef = useHeading(takesFocus && homeRef === undefined, homeRef);
  useScreenKeys(onLeave);
  return (
    <div className={c('page')}>
      <header>
        {banners}
        <div className={c('strip', 'bar')}>
          {status}
          <span className={c('till')}>{till.name}</span>
          {pick}
          <span className={c('grow')} />
          {who}
          <span className={c('ways')}>
            <Button look="ghost" shortcut="F1" onPress={openHelp}>
              <span className={c('icon')}>
                <Icon name="help" />
              </span>
              <span className={c('word')}>{t('help.title')}</span>
            </Button>
            <Button shortcut="Esc" onPress={onLeave}>
              {t(isFirstDay ? 'firstDay.back' : 'strip.backToTill')}
            </Button>
          </span>
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
              {actions !== undefined && actions !== false && <div className={c('actions')}>{actions}</div>}
            </div>
            {tabs !== undefined && <Tabs label={title} tabs={tabs} />}
            {hasSums ? (
              <div className={c('split')}>
                <div className={c('parts')}>{children}</div>
                {(beside !== false || isPadBeside) && (
                  <div className={c('card', 'beside')}>
                    {beside}
                    {isPadBeside && <DigitPad of={mainRef} />}
                  </div>
                )}
              </div>
            ) : (
              children
            )}
          </div>
        </main>
      </div>
      {isPadLine && (
        <footer className={c('foot')}>
          <DigitPad of={mainRef} isLine />
        </footer>
      )}
    </div>
  );
}
