import { useTranslation } from 'react-i18next';
import { currencySymbol } from '../../kit/format.ts';
import { TextBox } from '../../kit/text-box.tsx';
import { phraseText } from '../../shared/i18n.ts';
import { useTill } from '../../shared/topics.ts';
import type { PolicyField, PolicyFields } from './policy-form.ts';
import type { PolicyForm } from './use-policy.ts';

export interface FieldsProps {
  readonly form: PolicyForm;
  readonly fields: PolicyFields;
}

/** Fields with a unit. */
const withUnit: ReadonlySet<PolicyField> = new Set([
  'pointCap',
  'offlineWindowMs',
  'repeatWithinMs',
  'memberKeptMs',
  'managerUnlockedMs',
  'peopleLockAfterMs',
  'scanMeanGapMs',
  'updateFromMinute',
  'updateToMinute',
]);

interface FieldProps extends FieldsProps {
  readonly name: PolicyField;
  readonly isMoney?: boolean;
  readonly hasHint?: boolean;
  readonly isText?: boolean;
}

export function Field({ form, fields, name, isMoney = false, hasHint = false, isText = false }: FieldProps) {
  const { t } = useTranslation();
  const till = useTill();
  const problem = form.problems[name];
  return (
    <TextBox
      label={t(`policy.fields.${name}`)}
      inputMode={isText ? 'text' : 'decimal'}
      value={fields[name]}
      onChange={(text) => form.edit({ [name]: text })}
      onEnter={form.save}
      hint={hasHint ? t(`policy.hints.${name}`) : undefined}
      error={problem === undefined ? undefined : phraseText(t, problem)}
      suffix={withUnit.has(name) ? t(`policy.units.${name}`) : undefined}
      {...(isMoney ? { unit: currencySymbol(till.currency, till.language) } : {})}
    />
  );
}
