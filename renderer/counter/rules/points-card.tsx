import { useTranslation } from 'react-i18next';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { HoldsFields } from './holds-fields.tsx';
import { RuleField } from './rule-field.tsx';
import styles from './rules.module.css';
import type { PointsFields, RulesProblems } from './rules-form.ts';

const c = classNames(styles);

interface Props {
  readonly rule: PointsFields;
  readonly problems: RulesProblems;
  /** Added just now: its name is typed first. */
  readonly isNew: boolean;
  readonly onChange: (change: Partial<PointsFields>) => void;
  readonly onRemove: () => void;
}

const counted = ['top-up', 'purchase'] as const;

/** Points for a top-up, or for a purchase at the shop's counter. */
export function PointsCard({ rule, problems, isNew, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <Part title={rule.name.trim() || t('rules.newPoints')}>
      <RuleField
        label={t('rules.name')}
        id={`${rule.key}.name`}
        problems={problems}
        value={rule.name}
        takesFocus={isNew}
        onChange={(name) => onChange({ name })}
      />
      <RadioChoice
        label={t('rules.per')}
        name={`per-${rule.key}`}
        values={counted}
        chosen={rule.per}
        onChoose={(per) => onChange({ per })}
        say={(per) => t(`rules.pers.${per}`)}
      />
      <div className={c('tier')}>
        <RuleField
          problems={problems}
          label={t('rules.points')}
          isNumber
          id={`${rule.key}.points`}
          value={rule.points}
          onChange={(points) => onChange({ points })}
        />
        <RuleField
          problems={problems}
          label={t('rules.every')}
          isMoney
          id={`${rule.key}.every`}
          value={rule.every}
          onChange={(every) => onChange({ every })}
        />
      </div>
      <HoldsFields rule={rule} problems={problems} onChange={onChange} />
      <Answers>
        <Button look="danger" onPress={onRemove}>
          {t('rules.remove')}
        </Button>
      </Answers>
    </Part>
  );
}
