import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { DialogFrame } from '../../kit/dialog-frame.tsx';
import { till } from '../../shared/bridge.ts';
import { view } from '../../shared/view.ts';
import { SignInForm } from './sign-in-form.tsx';

const lock = () => {
  view.close();
  void till.peopleLock({});
};

/** Somebody else goes on at the till; what is on the form stays, and the next entry carries their name. */
export function SignInDialog() {
  const { t } = useTranslation();
  return (
    <DialogFrame title={t('people.switchTitle')} lead={t('people.switchLead')} onClose={view.close}>
      <SignInForm onDone={view.close} onCancel={view.close} />
      <Button look="ghost" onPress={lock}>
        {t('people.lock')}
      </Button>
    </DialogFrame>
  );
}
