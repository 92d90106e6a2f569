import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type AmountRules,
  currencyDecimals,
  parseAmount,
  separators,
} from '../../../preload/contract/app/values.ts';
import type { Amount, People, Permissions, Till } from '../../../preload/contract/index.ts';
import { Button } from '../../kit/button.tsx';
import { classNames } from '../../kit/class-names.ts';
import { currencySymbol, plain } from '../../kit/format.ts';
import { Part } from '../../kit/part.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useTill } from '../../shared/topics.ts';
import type { PeopleAct } from '../../shared/view-store.ts';
import styles from './people.module.css';
import { PermissionsTable } from './permissions-table.tsx';

const c = classNames(styles);

/** A limit as it is typed: empty is none. Undefined where it is no amount. */
function readLimit(typed: string, rules: AmountRules): Amount | null | undefined {
  const parsed = parseAmount(typed, rules);
  if (parsed.ok) return parsed.value;
  return parsed.error === 'empty' ? null : undefined;
}

const rulesOf = (till: Till): { readonly balance: AmountRules; readonly point: AmountRules } => {
  const signs = separators(till.language);
  return {
    balance: { ...signs, decimals: currencyDecimals(till.currency), cap: till.balanceCap },
    point: { ...signs, decimals: till.pointDecimals, cap: till.pointCap },
  };
};

interface Props {
  readonly people: People;
  readonly open: (act: PeopleAct) => void;
}

/** What cashiers may: kept as a whole, so that nobody's half of it goes under. */
export function PermissionsPart({ people, open }: Props) {
  const { t } = useTranslation();
  const till = useTill();
  const { permissions, version } = people;
  const written = (limit: Amount | null) => (limit === null ? '' : plain(limit, till.language));
  const [acts, setActs] = useState<Permissions['acts']>(permissions.acts);
  const [balance, setBalance] = useState(written(permissions.balanceLimit));
  const [point, setPoint] = useState(written(permissions.pointLimit));
  const [showsErrors, setShowsErrors] = useState(false);
  const rules = rulesOf(till);
  const balanceLimit = readLimit(balance, rules.balance);
  const pointLimit = readLimit(point, rules.point);
  const wrong = (limit: Amount | null | undefined, cap: Amount) =>
    showsErrors && limit === undefined
      ? t('people.limitWrong', { cap: plain(cap, till.language) })
      : undefined;
  const save = () => {
    setShowsErrors(true);
    if (balanceLimit === undefined || pointLimit === undefined) return;
    open({ kind: 'permissions', version, permissions: { acts, balanceLimit, pointLimit } });
  };
  return (
    <Part title={t('people.permissions')} hint={t('people.permissionsHint')}>
      <PermissionsTable
        acts={acts}
        onChange={setActs}
        limits={
          <>
            <TextBox
              size="bare"
              label={t('people.balanceLimit')}
              inputMode="decimal"
              value={balance}
              onChange={setBalance}
              placeholder={t('people.noLimit')}
              error={wrong(balanceLimit, till.balanceCap)}
              unit={currencySymbol(till.currency, till.language)}
            />
            <TextBox
              size="bare"
              label={t('people.pointLimit')}
              inputMode="decimal"
              value={point}
              onChange={setPoint}
              placeholder={t('people.noLimit')}
              error={wrong(pointLimit, till.pointCap)}
              suffix={t('policy.units.pointCap')}
            />
          </>
        }
      />
      <div className={c('save')}>
        <Button onPress={save}>{t('people.savePermissions')}</Button>
      </div>
    </Part>
  );
}
