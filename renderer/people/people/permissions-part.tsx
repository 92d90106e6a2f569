import { useTranslation } from 'react-i18next';
import { currencySymbol } from '../../kit/format.ts';
import { Part } from '../../kit/part.tsx';
import { KeptBox } from '../../shared/kept-box.tsx';
import { useTill } from '../../shared/topics.ts';
import { PermissionsTable } from './permissions-table.tsx';
import type { PermissionsForm } from './use-permissions.ts';

/** What cashiers may. */
export function PermissionsPart({ form }: { readonly form: PermissionsForm }) {
  const { t } = useTranslation();
  const till = useTill();
  return (
    <Part title={t('people.permissions')} hint={t('people.permissionsHint')}>
      <PermissionsTable
        acts={form.acts}
        onChange={(acts) => form.set({ acts })}
        limits={
          <>
            <KeptBox
              size="bare"
              label={t('people.balanceLimit')}
              inputMode="decimal"
              {...form.balance}
              placeholder={t('people.noLimit')}
              unit={currencySymbol(till.currency, till.language)}
            />
            <KeptBox
              size="bare"
              label={t('people.pointLimit')}
              inputMode="decimal"
              {...form.point}
              placeholder={t('people.noLimit')}
              suffix={t('policy.units.pointCap')}
            />
          </>
        }
      />
    </Part>
  );
}
