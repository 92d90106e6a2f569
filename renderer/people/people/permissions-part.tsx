import { useTranslation } from 'react-i18next';
import { currencySymbol } from '../../kit/format.ts';
import { Part } from '../../kit/part.tsx';
import { TextBox } from '../../kit/text-box.tsx';
import { useTill } from '../../shared/topics.ts';
import { PermissionsTable } from './permissions-table.tsx';
import type { PermissionsForm } from './use-permissions.ts';

/** What cashiers may: kept as a whole, so that nobody's half of it goes under. */
export function PermissionsPart({ form }: { readonly form: PermissionsForm }) {
  const { t } = useTranslation();
  const till = useTill();
  const wrong = (cap: string | undefined) =>
    cap === undefined ? undefined : t('people.limitWrong', { cap });
  return (
    <Part title={t('people.permissions')} hint={t('people.permissionsHint')}>
      <PermissionsTable
        acts={form.acts}
        onChange={(acts) => form.edit({ acts })}
        limits={
          <>
            <TextBox
              size="bare"
              label={t('people.balanceLimit')}
              inputMode="decimal"
              value={form.balance.text}
              onChange={(balance) => form.edit({ balance })}
              placeholder={t('people.noLimit')}
              error={wrong(form.balance.wrongOver)}
              unit={currencySymbol(till.currency, till.language)}
            />
            <TextBox
              size="bare"
              label={t('people.pointLimit')}
              inputMode="decimal"
              value={form.point.text}
              onChange={(point) => form.edit({ point })}
              placeholder={t('people.noLimit')}
              error={wrong(form.point.wrongOver)}
              suffix={t('policy.units.pointCap')}
            />
          </>
        }
      />
    </Part>
  );
}
