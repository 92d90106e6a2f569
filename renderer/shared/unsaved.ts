import { useEffect } from 'react';
import { view } from './view.ts';

/** While a page has what is not saved, each way out of it asks first. */
export function useUnsaved(isChanged: boolean): void {
  useEffect(() => {
    view.hold(isChanged);
    return () => view.hold(false);
  }, [isChanged]);
}
