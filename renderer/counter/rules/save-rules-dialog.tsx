import { useTranslation } from 'react-i18next';
import type { AppError, RuleBook, ShopRules } from '../../../preload/contract/index.ts';
import { PinDialog } from '../../people/manager/index.ts';
import { till } from '../../shared/bridge.ts';

interface Props {
  readonly rules: ShopRules;
  readonly basedOn: number;
  readonly onSaved: (book: RuleBook) => void;
  readonly onRefused: (error: AppError) => boolean;
}

export function SaveRulesDialog({ rules, basedOn, onSaved, onRefused }: Props) {
  const { t } = useTranslation();
  return (
    <PinDialog
      title={t('rules.saveTitle')}
      lead={t('rules.saveLead')}
      action={t('rules.save')}
      send={(pin) => till.rulesSave({ rules, basedOn, pin })}
      onDone={({ book }) => onSaved(book)}
      onFailure={onRefused}
    />
  );
}
