import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { Press } from '../../kit/press.tsx';
import tabStyles from '../../kit/tabs.module.css';
import { view } from '../../shared/view.ts';
import styles from './day.module.css';

const c = classNames(tabStyles, styles);

const tabs = ['shift', 'closed'] as const;
export type DayTab = (typeof tabs)[number];

export function DayTabs({ at }: { readonly at: DayTab | null }) {
  const { t } = useTranslation();
  return (
    <nav className={c('tabs')} aria-label={t('shifts.tabs.label')}>
      {tabs.map((tab) => (
        <Press
          key={tab}
          className={c('tab', tab === at && 'here')}
          aria-current={tab === at ? 'page' : undefined}
          onPress={() => view.show({ kind: 'day', part: { kind: tab } })}
        >
          {t(`shifts.tabs.${tab}`)}
        </Press>
      ))}
    </nav>
  );
}
