import { useTranslation } from 'react-i18next';
import { Button } from '../../kit/button.tsx';
import { openHelp } from '../../shared/help.ts';
import { leavePractice } from '../../shared/leaving.ts';
import { useTopic } from '../../shared/topics.ts';
import { SignInForm } from './sign-in-form.tsx';

const nothing = () => undefined;

/** Over everything while nobody is there; what lies under it stays as it was left. */
export function LockScreen() {
  const { t } = useTranslation();
  const isPractice = useTopic('mode', (mode) => mode === 'practice');
  return (
    <SignInForm title={t('people.lockedTitle')} lead={t('people.lockedLead')} covers onDone={nothing}>
      <Button look="ghost" shortcut="F1" onPress={openHelp}>
        {t('help.title')}
      </Button>
      {isPractice && (
        <Button look="ghost" onPress={() => void leavePractice()}>
          {t('menu.leavePractice')}
        </Button>
      )}
    </SignInForm>
  );
}
