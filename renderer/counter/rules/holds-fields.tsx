import { useTranslation } from 'react-i18next';
import { classNames } from '../../kit/class-names.ts';
import { DayBox } from '../../kit/day-box.tsx';
import { useSetter } from '../../shared/fixed.tsx';
import { CategoryField, problemText } from './rule-field.tsx';
import styles from './rules.module.css';
import type { BonusFields, PointsFields, RulesProblems } from './rules-form.ts';

const c = classNames(styles);

interface Props {
  readonly rule: Pick<BonusFields | PointsFields, 'key' | 'category' | 'fromDay' | 'toDay'>;
  readonly problems: RulesProblems;
  readonly onChange: (change: Partial<Pick<BonusFields, 'category' | 'fromDay' | 'toDay'>>) => void;
}

/** Whom a rule applies to, and when. */
export function HoldsFields({ rule, problems, onChange }: Props) {
  const { t } = useTranslation();
  // No part of a native form, which a disabled group would switch off.
  const isDisabled = useSetter('rules') !== 'manager';
  return (
    <div className={c('grid')}>
      <CategoryField
        label={t('rules.category')}
        hint={t('rules.categoryHint')}
        value={rule.category}
        onChange={(category) => onChange({ category })}
      />
      <DayBox
        label={t('rules.fromDay')}
        hint={t('rules.dayHint')}
        error={problemText(t, problems[`${rule.key}.fromDay`])}
        value={rule.fromDay}
        onChange={(fromDay) => onChange({ fromDay })}
        isDisabled={isDisabled}
      />
      <DayBox
        label={t('rules.toDay')}
        hint={t('rules.dayHint')}
        error={problemText(t, problems[`${rule.key}.toDay`])}
        value={rule.toDay}
        onChange={(toDay) => onChange({ toDay })}
        isDisabled={isDisabled}
      />
    </div>
  );
}
