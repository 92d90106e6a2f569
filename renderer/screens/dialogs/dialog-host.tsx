import { useView } from '../../stores/index.ts';
import { EntryDetails } from './entry-details.tsx';
import { ContinueOfflineDialog, ReplaceKeyDialog, ResumeDialog, ReverseDialog } from './manager-dialogs.tsx';
import { MenuDialog } from './menu-dialog.tsx';
import { MakePinDialog, RecoverDialog, RecoveryCodeDialog } from './pin-dialogs.tsx';
import { AnswerDialog, DoubtDialog } from './review-dialogs.tsx';
import { CheckUpDialog, SavePolicyDialog } from './settings-dialogs.tsx';

/** The one dialog that is open, if any. */
export function DialogHost() {
  const dialog = useView((state) => state.dialog);
  switch (dialog?.kind) {
    case 'menu':
      return <MenuDialog />;
    case 'details':
      return <EntryDetails entry={dialog.entry} />;
    case 'reverse':
      return <ReverseDialog entry={dialog.entry} requestId={dialog.requestId} />;
    case 'resume':
      return <ResumeDialog />;
    case 'replace-key':
      return <ReplaceKeyDialog />;
    case 'answer':
      return <AnswerDialog review={dialog.review} answer={dialog.answer} />;
    case 'doubt':
      return <DoubtDialog doubt={dialog.doubt} action={dialog.action} />;
    case 'continue-offline':
      return <ContinueOfflineDialog />;
    case 'save-policy':
      return (
        <SavePolicyDialog
          policy={dialog.policy}
          isNewlyTrusting={dialog.isNewlyTrusting}
          onSaved={dialog.onSaved}
        />
      );
    case 'check-up':
      return <CheckUpDialog act={dialog.act} onDone={dialog.onDone} />;
    case 'make-pin':
      return <MakePinDialog next={dialog.next} />;
    case 'recover':
      return <RecoverDialog />;
    case 'recovery-code':
      return <RecoveryCodeDialog code={dialog.code} next={dialog.next} />;
    case undefined:
      return null;
  }
}
