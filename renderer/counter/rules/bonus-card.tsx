import { useTranslation } from 'react-i18next';
import { bonusKinds, givesAs } from '../../../preload/contract/app/values.ts';
import { Answers } from '../../kit/answers.tsx';
import { Button } from '../../kit/button.tsx';
import { CheckBox } from '../../kit/check-box.tsx';
import { classNames } from '../../kit/class-names.ts';
import { Part } from '../../kit/part.tsx';
import { RadioChoice } from '../../kit/radio-choice.tsx';
import { HoldsFields } from './holds-fields.tsx';
import { RuleField } from './rule-field.tsx';
import styles from './rules.module.css';
import {
  type BonusFields,
  changed,
  newTier,
  type RulesProblems,
  type TierFields,
  without,
} from './rules-form.ts';
import { newKey } from './use-rules.ts';

const c = classNames(styles);

interface Props {
  readonly rule: BonusFields;
  readonly problems: RulesProblems;
  /** Added just now: its name is typed first. */
  readonly isNew: boolean;
  readonly onChange: (change: Partial<BonusFields>) => void;
  readonly onRemove: () => void;
}

function Tier({
  rule,
  tier,
  problems,
  onChange,
}: Omit<Props, 'onRemove' | 'isNew'> & { readonly tier: TierFields }) {
  const { t } = useTranslation();
  const { tiers, kind } = rule;
  const edit = (change: Partial<TierFields>) => onChange({ tiers: changed(tiers, tier.key, change) });
  const isMoney = givesAs[kind] === 'money';
  return (
    <div className={c('tier')}>
      <RuleField
        label={t('rules.from')}
        isMoney
        id={`${tier.key}.from`}
        problems={problems}
        value={tier.from}
        onChange={(from) => edit({ from })}
      />
      <RuleField
        label={t('rules.gives')}
        isMoney={isMoney}
        isNumber
        suffix={isMoney ? undefined : t('rules.percentSign')}
        id={`${tier.key}.gives`}
        problems={problems}
        value={tier.gives}
        onChange={(gives) => edit({ gives })}
      />
      {tiers.length > 1 && (
        <Button look="ghost" onPress={() => onChange({ tiers: without(tiers, tier.key) })}>
          {t('rules.removeTier')}
        </Button>
      )}
    </div>
  );
}

export function BonusCard({ rule, problems, isNew, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <Part title={rule.name.trim() || t('rules.newBonus')}>
      <RuleField
        label={t('rules.name')}
        id={`${rule.key}.name`}
        problems={problems}
        value={rule.name}
        takesFocus={isNew}
        onChange={(name) => onChange({ name })}
      />
      <RadioChoice
        label={t('rules.kind')}
        name={`kind-${rule.key}`}
        values={bonusKinds}
        chosen={rule.kind}
        onChoose={(kind) => onChange({ kind })}
        say={(kind) => t(`rules.kinds.${kind}`)}
      />
      {rule.tiers.map((tier) => (
        <Tier key={tier.key} rule={rule} tier={tier} problems={problems} onChange={onChange} />
      ))}
      <Answers>
        <Button onPress={() => onChange({ tiers: [...rule.tiers, newTier(newKey)] })}>
          {t('rules.addTier')}
        </Button>
      </Answers>
      <HoldsFields rule={rule} problems={problems} onChange={onChange} />
      <RuleField
        label={t('rules.cap')}
        hint={t('rules.capHint')}
        isMoney
        id={`${rule.key}.cap`}
        problems={problems}
        value={rule.cap}
        onChange={(cap) => onChange({ cap })}
      />
      <CheckBox
        label={t('rules.oncePerDay')}
        hint={t('rules.oncePerDayHint')}
        isOn={rule.oncePerDay}
        onChange={(oncePerDay) => onChange({ oncePerDay })}
      />
      <Answers>
        <Button look="danger" onPress={onRemove}>
          {t('rules.remove')}
        </Button>
      </Answers>
    </Part>
  );
}
