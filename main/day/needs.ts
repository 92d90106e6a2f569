import type { Counter } from '../counter/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Patience } from '../kernel/patience.ts';
import type { FilePicker, FileSaver, SavePlace } from '../kernel/ports.ts';
import type { Ledger } from '../ledger/index.ts';
import type { MetTill } from '../ledger/journal/index.ts';
import type { Members } from '../members/index.ts';
import type { People } from '../people/index.ts';
import type { Sending } from '../sending/index.ts';
import type { WriteFound } from './find/export-service.ts';
import type { ShiftsRoomParts } from './shifts/shifts-room.ts';

export interface DayNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly people: People;
  readonly sending: Sending;
  readonly counter: Counter;
  readonly isPractice: boolean;
  /** Where the Zs of other tills are kept. */
  readonly zFolder: string;
  /** The file of the thread that reads them; empty where there is none. */
  readonly recordsWorker: string;
  /** A Z of this very till was met; null: it does not say of which. */
  readonly meetZ: (met: MetTill | null) => void;
  /** Chooses the files of Z reports; nothing is imported where null. */
  readonly reportPicker: FilePicker | null;
  readonly patience: Patience;
  readonly exports: { readonly place: SavePlace | null; readonly write: WriteFound };
  /** How reports come out on paper, and as files. */
  readonly desk: ShiftsRoomParts['desk'];
  readonly saver: FileSaver | null;
}
