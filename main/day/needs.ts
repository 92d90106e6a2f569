import type { Counter } from '../counter/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { FilePicker, FileSaver, SavePlace, SheetPdf } from '../kernel/ports.ts';
import type { Timeouts } from '../kernel/timeouts.ts';
import type { Ledger } from '../ledger/index.ts';
import type { MetTill } from '../ledger/journal/index.ts';
import type { Members } from '../members/index.ts';
import type { People } from '../people/index.ts';
import type { Sending } from '../sending/index.ts';
import type { WriteFound } from './find/export-service.ts';
import type { EraseMemberParts } from './member-data/erase-member.ts';
import type { MemberDataRoomParts } from './member-data/member-data-room.ts';
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
  /** Null while it is lost. */
  readonly journalKey: Buffer | null;
  /** The folder with the Zs of other tills. */
  readonly zFolder: string;
  /** The worker's file that reads them; empty: no worker. */
  readonly recordsWorker: string;
  /** Called when a Z of this very till is met; null where the Z does not say of which. */
  readonly meetZ: (met: MetTill | null) => void;
  /** Chooses Z files to import; null: nothing can be imported. */
  readonly reportPicker: FilePicker | null;
  readonly timeouts: Timeouts;
  readonly exports: {
    readonly place: SavePlace | null;
    readonly write: WriteFound;
    readonly sheetPdf: SheetPdf | null;
  };
  /** Prints reports, and opens the drawer. */
  readonly desk: ShiftsRoomParts['desk'];
  readonly saver: FileSaver | null;
  /** What later slices have of a member. */
  readonly memberData: Pick<EraseMemberParts, 'unprinted' | 'copies' | 'forgetLost'> &
    Pick<MemberDataRoomParts, 'lost'>;
}
