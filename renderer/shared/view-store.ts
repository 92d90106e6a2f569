import { createStore } from 'zustand/vanilla';
import type {
  Amount,
  AppError,
  Approval,
  ChannelArgs,
  DataPlace,
  Entry,
  EntryFilter,
  FoundChain,
  ListedZ,
  MatchAsk,
  OwnerView,
  Person,
  PickedZ,
  Restored,
  Result,
  ReviewAnswerWord,
  ShiftCount,
  ShiftReport,
  ShopChange,
  ShownCase,
  SignedPart,
  SigningPreview,
  Station,
} from '../../preload/contract/index.ts';

/** What a manager does with the host check-up; `number` is the test member's. */
export type CheckUpAct =
  | { readonly kind: 'start' | 'take-back'; readonly number: string }
  | { readonly kind: 'stop' };

/** What a manager does with backups. */
export type BackupAct = 'now' | 'choose' | 'forget' | 'move';

/** What a manager does about the chain. */
export type ChainAct =
  | { readonly kind: 'find' | 'leave' | 'look' | 'make' | 'take-key' }
  /** The owner's code, shown once. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'sign'; readonly parts: readonly SignedPart[] }
  /** What was chosen there, as it would be signed. */
  | {
      readonly kind: 'sign-shown';
      readonly asked: Pick<ChannelArgs<'chain:preview'>, 'parts' | 'fromDay'>;
      readonly preview: SigningPreview;
    }
  | { readonly kind: 'join'; readonly found: FoundChain }
  | { readonly kind: 'changes'; readonly changes: readonly ShopChange[] };

/** What a manager does with the people at the till. */
export type PeopleAct =
  | { readonly kind: 'add' }
  | { readonly kind: 'change' | 'give-pin' | 'remove'; readonly person: Person }
  /** For someone who cannot sign in any more. */
  | { readonly kind: 'forgotten' };

/** What a manager does with receipts. */
export type ReceiptAct = { readonly kind: 'logo' | 'no-logo' | 'drawer' };

/** Whose settings are saved. */
export type SaveOf = 'policy' | 'rules' | 'receipts' | 'people';
/** With a PIN, where one is asked for. */
export type SendWithProof = (pin: string | Approval | undefined) => Promise<Result<object>>;

/** Where one is in the screen of the day. */
export type DayPart =
  | { readonly kind: 'shift' | 'closed' }
  /** `isNew`: it was closed just now. */
  | { readonly kind: 'report'; readonly number: number; readonly isNew: boolean };
/** A member as known to the opening screen. */
export interface OneMember {
  readonly customerUid: string;
  readonly name: string;
}

/** What a manager does in the owner's view. */
export type OwnerAct =
  | { readonly kind: 'look' | 'import' }
  /** An imported Z is not added up any more. */
  | { readonly kind: 'remove'; readonly report: ListedZ }
  /** Which of two different Zs counts. */
  | { readonly kind: 'pick'; readonly id: string; readonly digest: string }
  | ({ readonly kind: 'save' } & Omit<ChannelArgs<'reports:save'>, 'pin'>);

/** What it then shows, and what became of the files that were picked. */
export interface OwnerAnswer {
  /** Null where it was called off. */
  readonly view: OwnerView | null;
  readonly files?: readonly PickedZ[];
  readonly left?: number;
  /** What was written into a file; null where none was chosen. */
  readonly saved?: { readonly of: 'owner' | 'owed'; readonly entries: number } | null;
}

/** What lies over the till's screen; one at a time. */
export type Dialog =
  /** The menu, and in a narrow window the list of the desk's places. */
  | { readonly kind: 'menu' | 'places' }
  /** The practice store: in and out, and what is played through there. */
  | { readonly kind: 'practice' }
  /** Every notice in full, or those of a kind. */
  | { readonly kind: 'notices'; readonly of: string | null }
  | { readonly kind: 'details'; readonly entry: Entry }
  | { readonly kind: 'cancel'; readonly entry: Entry }
  | { readonly kind: 'reverse'; readonly entry: Entry; readonly requestId: string }
  | {
      readonly kind: 'tender';
      readonly entry: Entry;
      /** To which it may be changed. */
      readonly ways: readonly string[];
      readonly requestId: string;
    }
  | { readonly kind: 'resume' | 'go-on-here' | 'stand-down' }
  | { readonly kind: 'replace-key' }
  | { readonly kind: 'till-number' }
  | { readonly kind: 'answer'; readonly review: ShownCase; readonly answer: ReviewAnswerWord }
  | { readonly kind: 'continue-offline' }
  /** The PIN for a save. */
  | { readonly kind: 'save'; readonly of: SaveOf; readonly send: SendWithProof }
  | { readonly kind: 'check-up'; readonly act: CheckUpAct }
  | { readonly kind: 'backup'; readonly act: BackupAct; readonly onDone?: () => void }
  | { readonly kind: 'chain'; readonly act: ChainAct }
  | { readonly kind: 'restored'; readonly restored: Restored }
  | { readonly kind: 'slips' }
  /** What is not saved would be lost. */
  | { readonly kind: 'leave-page'; readonly onLeave: () => void }
  /** Money beside the top-ups. */
  | {
      readonly kind: 'cash-move';
      readonly move: 'paid-in' | 'paid-out';
      readonly requestId: string;
      readonly onDone: () => void;
    }
  /** A manager approves how a shift is opened. */
  | {
      readonly kind: 'shift-open';
      readonly float: Amount;
      readonly drawer: ShiftReport['drawer'];
      readonly onDone: () => void;
    }
  /** Asks before committing a count. */
  | { readonly kind: 'shift-commit'; readonly count: ShiftCount }
  | { readonly kind: 'shift-close'; readonly why: 'elsewhere' | 'reason' }
  | { readonly kind: 'shift-whole'; readonly onDone: (report: ShiftReport) => void }
  | {
      readonly kind: 'owner';
      readonly act: OwnerAct;
      readonly onDone: (answer: OwnerAnswer) => void;
    }
  | { readonly kind: 'accounts' }
  /** A manager matches with KYBIO's log; null goes on where it stopped. */
  | { readonly kind: 'match'; readonly ask: MatchAsk | null }
  /** Prints the entry's receipt. */
  | { readonly kind: 'receipt'; readonly entry: Entry }
  | { readonly kind: 'receipt-queue' }
  /** Writes what is found into a file. */
  | { readonly kind: 'export'; readonly filter: EntryFilter }
  /** Writes all four piles of the newest match into a file. */
  | { readonly kind: 'export-match' }
  | {
      readonly kind: 'exported';
      readonly of: 'found' | 'match' | 'owner' | 'owed' | 'held';
      readonly entries: number;
    }
  | {
      readonly kind: 'unmask';
      readonly customerUid: string;
      readonly onSeen: (phone: string) => void;
    }
  /** What the till holds on a member: into a file, or erased; `who` is name and card, as the page behind shows them. */
  | { readonly kind: 'held'; readonly customerUid: string }
  | { readonly kind: 'erase'; readonly customerUid: string; readonly who: string }
  | { readonly kind: 'erased'; readonly entries: number }
  | { readonly kind: 'receipt-act'; readonly act: ReceiptAct; readonly onDone: () => void }
  /** Over whatever screen there is, as the recovery code. */
  | { readonly kind: 'diagnostics' }
  | { readonly kind: 'about' }
  | { readonly kind: 'station' | 'display'; readonly station: Station }
  | { readonly kind: 'leave-kiosk' }
  | { readonly kind: 'data-place'; readonly place: DataPlace }
  /** With what to go on to, where only a manager helps. */
  | { readonly kind: 'sign-in'; readonly onManager?: () => void }
  /** A manager approves the form's entry. */
  | { readonly kind: 'approve' }
  | { readonly kind: 'people'; readonly act: PeopleAct; readonly onDone?: () => void }
  | { readonly kind: 'update-download' }
  /** A manager installs the next version. */
  | { readonly kind: 'update' }
  /** There is no manager's PIN yet: says who makes it. */
  | { readonly kind: 'no-pin'; readonly next: Dialog }
  /** A till that was moved was never opened there; `managers` may say so. */
  | { readonly kind: 'never-opened'; readonly managers: readonly Pick<Person, 'id' | 'name'>[] }
  | { readonly kind: 'make-pin'; readonly next: Dialog | null }
  | { readonly kind: 'recover'; readonly next: Dialog | null }
  | { readonly kind: 'recovery-code'; readonly code: string; readonly next: Dialog | null };

/** What the window shows once the till is set up. */
export type Screen =
  | { readonly kind: 'till' }
  /** What is to be done on the first day; `isNew`: the till was connected just now. */
  | { readonly kind: 'first-day'; readonly isNew: boolean }
  /** With the entry to begin at, if one was pressed. */
  | { readonly kind: 'review'; readonly entryId: string | null }
  /** At one of its groups, where somebody comes for that. */
  | { readonly kind: 'settings'; readonly group?: 'pay' }
  /** The account behind the till. */
  | { readonly kind: 'kybio' }
  /** What is kept, where, and how it comes back. */
  | { readonly kind: 'safety' }
  | { readonly kind: 'receipts' }
  | { readonly kind: 'rules' }
  | { readonly kind: 'people' }
  | { readonly kind: 'day'; readonly part: DayPart }
  /** All entries, or one member's; back from a member it is as it was left. */
  | { readonly kind: 'find'; readonly member: OneMember | null; readonly isBack?: boolean }
  | { readonly kind: 'member'; readonly member: OneMember; readonly from: 'till' | 'find' }
  | { readonly kind: 'owner' }
  /** With the days that are to be asked about, where somebody comes from their report. */
  | { readonly kind: 'matching'; readonly days?: { readonly from: string; readonly to: string } }
  | { readonly kind: 'check-up' };

export interface ViewState {
  readonly screen: Screen;
  /** Where leaving a page leads: the till, or the first day's list while somebody goes through it. */
  readonly home: Screen;
  readonly dialog: Dialog | null;
  readonly settingUp: boolean;
  /** A failure without a place of its own. */
  readonly notice: AppError | null;
}

const isHome = ({ kind }: Screen) => kind === 'till' || kind === 'first-day';

export function createViewStore() {
  const store = createStore<ViewState>(() => ({
    screen: { kind: 'till' },
    home: { kind: 'till' },
    dialog: null,
    settingUp: false,
    notice: null,
  }));
  const { setState, getState } = store;
  let isUnsaved = false;
  const go = (screen: Screen) =>
    setState(({ home }) => ({ screen, home: isHome(screen) ? screen : home, dialog: null, notice: null }));
  /** Asks first where something would be lost. */
  const leaveFor = (onLeave: () => void) =>
    isUnsaved ? setState({ dialog: { kind: 'leave-page', onLeave }, notice: null }) : onLeave();
  const show = (screen: Screen) =>
    screen.kind === getState().screen.kind ? go(screen) : leaveFor(() => go(screen));
  return {
    store,
    open: (dialog: Dialog) => setState({ dialog, notice: null }),
    close: () => setState({ dialog: null }),
    /** Goes on, or asks first where something would be lost. */
    leaveFor,
    /** A page says whether it has what is not saved. */
    hold: (isHeld: boolean) => {
      isUnsaved = isHeld;
    },
    /** Whatever way leads there; the page that is shown keeps what was typed. */
    show,
    /** From a page to where somebody came from. */
    leave: () => show(getState().home),
    /** Another till's screen, or this one's anew. What set-up goes on with stays. */
    begin: () =>
      setState(({ screen, dialog }) => ({
        screen: screen.kind === 'first-day' ? screen : { kind: 'till' },
        home: screen.kind === 'first-day' ? screen : { kind: 'till' },
        dialog: dialog?.kind === 'recovery-code' || dialog?.kind === 'make-pin' ? dialog : null,
        notice: null,
      })),
    setUp: (settingUp: boolean) => setState({ settingUp }),
    notice: (notice: AppError | null) => setState({ notice }),
  };
}
