import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { classNames } from './class-names.ts';
import styles from './pop-list.module.css';
import { useDismissWord } from './use-dismiss-word.ts';
import { useListKeys } from './use-list-keys.ts';

const c = classNames(styles);

function List({ children }: { readonly children: ReactNode }) {
  const ref = useListKeys<HTMLDivElement>();
  return (
    <div ref={ref} className={c('list')}>
      {children}
    </div>
  );
}

interface Props {
  readonly label: string;
  /** At which end of the strip it hangs. */
  readonly at: 'start' | 'end';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A short list of buttons under the strip; Escape and a press beside it close it. */
export function PopList({ label, at, onClose, children }: Props) {
  const modal = useDismissWord();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={c('over')}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal ref={modal} className={c('pop', at)}>
        <Dialog aria-label={label} className={c('dialog')}>
          <List>{children}</List>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
