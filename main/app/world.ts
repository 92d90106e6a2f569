import type { AppError } from '../../preload/contract/index.ts';
import type { ItPolicy } from '../counter/index.ts';
import type { Account, TillConfig } from '../hosts/index.ts';
import type { HostAccount, HostProtocol, MemberHost } from '../hosts/port/index.ts';
import type { PracticeStore } from '../hosts/practice/index.ts';
import type { Db } from '../kernel/database/open.ts';
import type {
  Clock,
  CustomerScreen,
  FilePicker,
  FileSaver,
  Logger,
  Network,
  Random,
  ReceiptCanvas,
  SavePlace,
  SheetPdf,
} from '../kernel/ports.ts';
import type { Changed } from '../kernel/room.ts';
import type { Vault, VaultSecrets } from '../people/index.ts';
import type { BackupWorld, Machine, MachineParts } from '../safety/index.ts';
import type { TillUse, Updates } from '../updates/index.ts';
import type { Session } from './session.ts';
import type { PlaceProblem } from './support/data-place.ts';

/** What the program needs from outside; what is optional is switched off by default. */
export interface World {
  readonly folder: string;
  /** The program's; for the chain's other tills. */
  readonly version?: string;
  /** Outside `folder`: checkpoints are copied there, so that a restored folder is noticed. */
  readonly headCopyFolder: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger & { hide?(secret: string): void };
  readonly vault: Vault;
  readonly machine?: Machine;
  /** Direct, with the runtime's certificates, by default. */
  readonly network?: Network;
  /** How to reach KYBIO; real sockets by default. */
  readonly connect?: (account: HostAccount) => MemberHost;
  /** The open till's data is damaged: close it. `problem` is null once it is closed. */
  readonly onDamaged?: (problem: () => AppError | null) => void;
  /** The live till's. */
  readonly backups?: BackupWorld;
  /** Draws and saves receipts; by default only text is printed. */
  readonly receipts?: ReceiptWorld;
  readonly exports?: ExportWorld;
  /** Chooses Z files. */
  readonly reportPicker?: FilePicker;
  readonly updates?: Updates;
  /** Is told what an open till is busy with. */
  readonly use?: TillUse;
  /** Why `folder` is unsafe; null where it is not. */
  readonly place?: PlaceProblem | null;
  readonly customerScreen?: CustomerScreen;
  /** Read at each opening of the live till. */
  readonly itPolicy?: () => Promise<ItPolicy>;
  /** Publishes topics that may have changed. */
  readonly changed: Changed;
  /** scrypt's N for PINs, lower only in tests. */
  readonly pinCost?: number;
}

export interface ReceiptWorld {
  readonly canvas: ReceiptCanvas;
  readonly saver: FileSaver;
}

export interface ExportWorld {
  readonly place: SavePlace;
  readonly sheetPdf?: SheetPdf;
  readonly recordsWorker: string;
}

/** What differs between a live and a practice session. */
export interface SessionParts {
  readonly mode: Session['mode'];
  readonly db: Db;
  readonly config: TillConfig;
  readonly account: Account;
  readonly protocol: HostProtocol;
  readonly accountHost: string;
  readonly practice: PracticeStore | null;
  readonly secrets: VaultSecrets | null;
  readonly vault: Vault | null;
  readonly machine: MachineParts;
  readonly itPolicy: ItPolicy;
}
