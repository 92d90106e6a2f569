import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog-frame.module.css';
import { DigitPad } from './digit-pad.tsx';
import { Icon } from './icons.tsx';
import { useKeys } from './touch.ts';
import { useDismissWord } from './use-dismiss-word.ts';

const c = classNames(styles);

interface Props {
  readonly title: string;
  readonly lead?: string;
  readonly side?: boolean;
  /** For a text to read. */
  readonly wide?: boolean;
  /** Hides what is under it. */
  readonly covers?: boolean;
  /** False where an answer must be given, e.g. a code that is shown only once. */
  readonly canClose?: boolean;
  readonly onClose: () => void;
  /** The pad of a PIN beside what it is asked for. */
  readonly aside?: ReactNode;
  /** The answers below both. */
  readonly foot?: ReactNode;
  readonly children?: ReactNode;
}

export function DialogFrame(props: Props) {
  const { title, lead, side, wide, covers, canClose = true, onClose, aside, foot, children } = props;
  const { t } = useTranslation();
  const { ref, isStop } = useScrollStop();
  useFirstFocus(ref);
  const hasKeys = useKeys();
  const modal = useDismissWord();
  return (
    <ModalOverlay
      isOpen
      isDismissable={canClose}
      isKeyboardDismissDisabled={!canClose}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className={c('veil', side && 'side', wide && 'wide', covers && 'covers', hasKeys && 'keys')}
    >
      <Modal ref={modal} className={c('modal')}>
        <Dialog className={c('dialog')}>
          <div className={c('head')}>
            <Heading slot="title" level={2} className={c('title')}>
              {title}
            </Heading>
            {canClose && (
              <Button look="ghost" shape="icon" aria-label={t('common.close')} onPress={onClose}>
                <Icon name="close" />
              </Button>
            )}
          </div>
          <div ref={ref} className={c('body')} {...(isStop ? { tabIndex: 0 } : {})}>
            <div className={c('said')}>
              {lead !== undefined && <p className={c('lead')}>{lead}</p>}
              {children}
            </div>
            {aside ?? <DigitPad of={ref} />}
          </div>
          {foot !== undefined && <div className={c('foot')}>{foot}</div>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Opened by key and with no field of its own choice: a focus that is seen, on its first answer or what closes it. */
function useFirstFocus(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const dialog = ref.current?.closest<HTMLElement>('[role="dialog"], [role="alertdialog"]');
    if (!dialog || document.activeElement !== dialog || !dialog.matches(':focus-visible')) return;
    const first =
      ref.current?.querySelector<HTMLElement>('input:checked') ??
      ref.current?.querySelector<HTMLElement>('input:not(:disabled)') ??
      dialog.querySelector<HTMLElement>('button');
    first?.focus();
  }, [ref]);
}

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled), a[href], [tabindex="0"]';

/** Scrolling text without a focusable element is a tab stop itself: otherwise no key could scroll it. */
function useScrollStop(): {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly isStop: boolean;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [isStop, setStop] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const watch = new ResizeObserver(() =>
      setStop(element.scrollHeight > element.clientHeight && element.querySelector(FOCUSABLE) === null),
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return { ref, isStop };
}
