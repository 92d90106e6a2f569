import { useTranslation } from 'react-i18next';
import type { Tab } from '../../frame/index.ts';
import { openDay, openFind } from '../../shared/open-dialogs.ts';
import { view } from '../../shared/view.ts';

const ways = {
  shift: openDay,
  closed: () => view.show({ kind: 'day', part: { kind: 'closed' } }),
  find: openFind,
  match: () => view.show({ kind: 'matching' }),
} as const;

const tabs = ['shift', 'closed', 'find', 'match'] as const;

/** The same tabs on each page of the day. */
export function useDayTabs(at: (typeof tabs)[number]): readonly Tab[] {
  const { t } = useTranslation();
  return tabs.map((id) => ({ id, label: t(`shifts.tabs.${id}`), isHere: id === at, onPress: ways[id] }));
}
