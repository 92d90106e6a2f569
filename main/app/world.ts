import type { AppError } from '../../preload/contract/index.ts';
import type { Account, TillConfig } from '../hosts/index.ts';
import type { HostAccount, LearntWords, MemberHost } from '../hosts/port/index.ts';
import type { PracticeStore } from '../hosts/practice/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type {
  Clock,
  CustomerScreen,
  FilePicker,
  FileSaver,
  Logger,
  LoopClock,
  Network,
  Random,
  ReceiptCanvas,
  SavePlace,
} from '../kernel/ports.ts';
import type { Progress } from '../kernel/progress.ts';
import type { Changed } from '../kernel/room.ts';
import type { Vault, VaultSecrets } from '../people/index.ts';
import type { BackupWorld, Machine, MachineParts } from '../safety/index.ts';
import type { TillUse, Updates } from '../updates/index.ts';
import type { Session } from './session.ts';
import type { PlaceProblem } from './support/data-place.ts';

/** What every part of the program needs from outside. */
export interface World {
  readonly folder: string;
  /** Outside `folder`: the journal's head is copied there, so that a folder put back is noticed. */
  readonly headCopyFolder: string;
  readonly clock: LoopClock;
  readonly random: Random;
  readonly logger: Logger & { hide?(secret: string): void };
  readonly vault: Vault;
  /** Which machine this is; not asked where absent. */
  readonly machine?: Machine;
  /** The way out of this computer; straight, and the runtime's own authorities, where absent. */
  readonly network?: Network;
  /** How to reach KYBIO; the real wire where absent. The simulator brings its own. */
  readonly connect?: (
    account: HostAccount,
    clock?: Clock,
    learnt?: () => readonly LearntWords[],
  ) => MemberHost;
  /** The records are being put into the order that this program wants, and have come so far. False: that is given up. */
  readonly onOpening?: (progress: Progress) => boolean;
  /** The data of the till that is open is damaged: it is to be closed. `problem` is null once it is. */
  readonly onDamaged?: (problem: () => AppError | null) => void;
  /** How the live till's records are backed up; they are not where absent. */
  readonly backups?: BackupWorld;
  /** What draws receipts and saves them; only what a printer has letters for is printed where absent. */
  readonly receipts?: ReceiptWorld;
  /** Where exports go, and the file of the thread that writes them; there are none where absent. */
  readonly exports?: ExportWorld;
  /** Chooses the files of Z reports; nothing is imported where absent. */
  readonly reportPicker?: FilePicker;
  /** Chooses another till's file of members; none is taken where absent. */
  readonly membersPicker?: FilePicker;
  /** The program's way to its next version; absent where it has none. */
  readonly updates?: Updates;
  /** Hears what an open till is about; absent where nobody asks. */
  readonly use?: TillUse;
  /** What is wrong with the place of `folder`; null or absent where nothing is to be seen. */
  readonly place?: PlaceProblem | null;
  /** The customer's display; there is none where absent. */
  readonly customerScreen?: CustomerScreen;
  /** Says which topics of the till may be other than they were. */
  readonly changed: Changed;
  /** What checking a PIN costs (scrypt's N), lower only in tests. */
  readonly pinCost?: number;
}

/** What receipts need from outside. */
export interface ReceiptWorld {
  readonly canvas: ReceiptCanvas;
  readonly saver: FileSaver;
}

/** What exports in the window need from outside. */
export interface ExportWorld {
  readonly place: SavePlace;
  readonly recordsWorker: string;
}

/** What a session is made of that differs between the live till and the practice store. */
export interface SessionParts {
  readonly mode: Session['mode'];
  readonly db: Db;
  readonly config: TillConfig;
  readonly account: Account;
  readonly accountHost: string;
  readonly practice: PracticeStore | null;
  readonly secrets: VaultSecrets | null;
  readonly vault: Vault | null;
  readonly machine: MachineParts;
}
