import { LeavePageDialog, PlacesDialog } from './app/desk/index.ts';
import { Menu, PracticeDialog } from './app/menu/index.ts';
import { NoticesDialog } from './app/notices/index.ts';
import { NeverOpenedDialog, ReplaceKeyDialog, TillNumberDialog } from './app/set-up/index.ts';
import { ContinueOfflineDialog, GoOnHereDialog, ResumeDialog, StandDownDialog } from './app/status/index.ts';
import { ChainDialog } from './chain/chain/index.ts';
import { CancelDialog, EntryDetails, ReverseDialog, TenderDialog } from './counter/activity/index.ts';
import { ApproveDialog } from './counter/counter/index.ts';
import { AnswerDialog } from './counter/review/index.ts';
import {
  EraseDialog,
  ErasedDialog,
  ExportDialog,
  ExportedDialog,
  SaveHeldDialog,
  UnmaskDialog,
} from './day/find/index.ts';
import { ExportMatchDialog, MatchDialog } from './day/matching/index.ts';
import { AccountsDialog, OwnerDialog } from './day/owner/index.ts';
import {
  ApproveOpeningDialog,
  CashMoveDialog,
  CloseShiftDialog,
  CommitDialog,
  WholeReportDialog,
} from './day/shifts/index.ts';
import { ReceiptActDialog, ReceiptDialog, ReceiptQueueDialog } from './paper/receipts/index.ts';
import { SlipsDialog } from './paper/slips/index.ts';
import {
  MakePinDialog,
  NoPinDialog,
  RecoverDialog,
  RecoveryCodeDialog,
  SaveDialog,
} from './people/manager/index.ts';
import { PeopleDialog, SignInDialog } from './people/people/index.ts';
import { BackupDialog, RestoredDialog } from './safety/backups/index.ts';
import {
  AboutDialog,
  DiagnosticsDialog,
  DisplayDialog,
  LeaveKioskDialog,
  PlaceDialog,
  StationDialog,
} from './safety/support/index.ts';
import { CheckUpDialog } from './sending/check-up/index.ts';
import { useView } from './shared/view.ts';
import { UpdateDialog, UpdateDownloadDialog } from './updates/updates/index.ts';

/**
 * What may lie over whatever screen there is: the recovery code comes with the answer that makes the till, and whoever
 * helps is asked where no till opens.
 */
export function AnywhereDialog() {
  const dialog = useView((state) => state.dialog);
  switch (dialog?.kind) {
    case 'recovery-code':
      return <RecoveryCodeDialog code={dialog.code} next={dialog.next} />;
    case 'diagnostics':
      return <DiagnosticsDialog />;
    case 'about':
      return <AboutDialog />;
    case 'never-opened':
      return <NeverOpenedDialog managers={dialog.managers} />;
    default:
      return null;
  }
}

/** The one dialog that is open over a till's screens, if any. */
export function TillDialog() {
  const dialog = useView((state) => state.dialog);
  switch (dialog?.kind) {
    case 'menu':
      return <Menu />;
    case 'places':
      return <PlacesDialog />;
    case 'practice':
      return <PracticeDialog />;
    case 'leave-page':
      return <LeavePageDialog onLeave={dialog.onLeave} />;
    case 'notices':
      return <NoticesDialog of={dialog.of} />;
    case 'details':
      return <EntryDetails entry={dialog.entry} />;
    case 'cancel':
      return <CancelDialog entry={dialog.entry} />;
    case 'reverse':
      return <ReverseDialog entry={dialog.entry} requestId={dialog.requestId} />;
    case 'tender':
      return <TenderDialog entry={dialog.entry} ways={dialog.ways} requestId={dialog.requestId} />;
    case 'resume':
      return <ResumeDialog />;
    case 'go-on-here':
      return <GoOnHereDialog />;
    case 'stand-down':
      return <StandDownDialog />;
    case 'replace-key':
      return <ReplaceKeyDialog />;
    case 'till-number':
      return <TillNumberDialog />;
    case 'answer':
      return <AnswerDialog review={dialog.review} answer={dialog.answer} />;
    case 'continue-offline':
      return <ContinueOfflineDialog />;
    case 'save':
      return <SaveDialog {...dialog} />;
    case 'check-up':
      return <CheckUpDialog act={dialog.act} />;
    case 'backup':
      return <BackupDialog act={dialog.act} onDone={dialog.onDone} />;
    case 'chain':
      return <ChainDialog act={dialog.act} />;
    case 'restored':
      return <RestoredDialog restored={dialog.restored} />;
    case 'slips':
      return <SlipsDialog />;
    case 'station':
      return <StationDialog station={dialog.station} />;
    case 'display':
      return <DisplayDialog station={dialog.station} />;
    case 'data-place':
      return <PlaceDialog place={dialog.place} />;
    case 'sign-in':
      return <SignInDialog onManager={dialog.onManager} />;
    case 'approve':
      return <ApproveDialog />;
    case 'owner':
      return <OwnerDialog act={dialog.act} onDone={dialog.onDone} />;
    case 'accounts':
      return <AccountsDialog />;
    case 'people':
      return <PeopleDialog {...dialog} />;
    case 'update-download':
      return <UpdateDownloadDialog />;
    case 'leave-kiosk':
      return <LeaveKioskDialog />;
    case 'match':
      return <MatchDialog ask={dialog.ask} />;
    case 'receipt':
      return <ReceiptDialog entry={dialog.entry} />;
    case 'receipt-queue':
      return <ReceiptQueueDialog />;
    case 'receipt-act':
      return <ReceiptActDialog act={dialog.act} onDone={dialog.onDone} />;
    case 'cash-move':
      return <CashMoveDialog {...dialog} />;
    case 'shift-open':
      return <ApproveOpeningDialog {...dialog} />;
    case 'shift-commit':
      return <CommitDialog count={dialog.count} />;
    case 'shift-close':
      return <CloseShiftDialog why={dialog.why} />;
    case 'shift-whole':
      return <WholeReportDialog onDone={dialog.onDone} />;
    case 'export':
      return <ExportDialog filter={dialog.filter} />;
    case 'exported':
      return <ExportedDialog of={dialog.of} entries={dialog.entries} />;
    case 'export-match':
      return <ExportMatchDialog />;
    case 'unmask':
      return <UnmaskDialog customerUid={dialog.customerUid} onSeen={dialog.onSeen} />;
    case 'held':
      return <SaveHeldDialog customerUid={dialog.customerUid} />;
    case 'erase':
      return <EraseDialog customerUid={dialog.customerUid} who={dialog.who} />;
    case 'erased':
      return <ErasedDialog entries={dialog.entries} />;
    case 'update':
      return <UpdateDialog />;
    case 'no-pin':
      return <NoPinDialog next={dialog.next} />;
    case 'make-pin':
      return <MakePinDialog next={dialog.next} />;
    case 'recover':
      return <RecoverDialog next={dialog.next} />;
    case 'recovery-code':
    case 'diagnostics':
    case 'about':
    case 'never-opened':
    case undefined:
      return null;
  }
}
