import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** Names react-aria's unseen button that closes a modal, whose own word there is not in every language of the till. */
export function useDismissWord(): RefObject<HTMLDivElement | null> {
  const modal = useRef<HTMLDivElement>(null);
  const { t } = useTranslation();
  const word = t('common.close');
  useLayoutEffect(() => {
    modal.current?.querySelector(':scope > div > button[tabindex="-1"]')?.setAttribute('aria-label', word);
  }, [word]);
  return modal;
}
