import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { useView, view } from '../../shared/view.ts';
import type { Dialog } from '../../shared/view-store.ts';

/** A person's gets another from a manager; the till's own from its recovery code, and what was begun is gone on with. */
export function PinForgotten({ isPersons = false }: { readonly isPersons?: boolean }) {
  const { t } = useTranslation();
  const next = useView((state) => state.dialog);
  const dialog: Dialog = isPersons
    ? { kind: 'people', act: { kind: 'forgotten' } }
    : { kind: 'recover', next };
  return (
    <Button look="ghost" onPress={() => view.open(dialog)}>
      {t(isPersons ? 'people.forgotten' : 'waysOut.recover')}
    </Button>
  );
}
