import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { openCancel, openReverse } from '../../shared/open-dialogs.ts';
import { useTill } from '../../shared/topics.ts';
import { enterAgain } from '../counter/index.ts';

export const hasAction = ({ canCancel, canReverse, state }: Entry): boolean =>
  canCancel || canReverse || state === 'rejected';

/** The one thing that is most often done with an entry as it stands; the rest is in its details. */
export function RowAction({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const till = useTill();
  if (entry.canCancel) return <Button onPress={() => openCancel(entry)}>{t('entry.cancel')}</Button>;
  if (entry.canReverse) return <Button onPress={() => openReverse(entry)}>{t('entry.reverse')}</Button>;
  if (entry.state !== 'rejected') return null;
  return <Button onPress={() => enterAgain(entry, till)}>{t('entry.again')}</Button>;
}
