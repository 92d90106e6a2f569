import type { Counter } from '../counter/index.ts';
import type { Day } from '../day/index.ts';
import type { Hosts } from '../hosts/index.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { CustomerScreen, FileSaver, ReceiptCanvas } from '../kernel/ports.ts';
import type { Ledger } from '../ledger/index.ts';
import type { MetTill } from '../ledger/journal/index.ts';
import type { Members } from '../members/index.ts';
import type { People } from '../people/index.ts';
import type { Sending } from '../sending/index.ts';

export interface PaperNeeds {
  readonly kernel: Kernel;
  readonly hosts: Hosts;
  readonly ledger: Ledger;
  readonly members: Members;
  readonly people: People;
  readonly sending: Sending;
  readonly counter: Counter;
  readonly day: Day;
  readonly isPractice: boolean;
  /** Called with the till id and epoch of a scanned receipt. */
  readonly meetPaper: (met: MetTill) => void;
  /** The language of the display, and of receipts where none is chosen. */
  readonly language: () => string;
  /** Draws and saves receipts; where null, only a printer's own letters can be printed. */
  readonly canvas: ReceiptCanvas | null;
  readonly saver: FileSaver | null;
  readonly customerScreen: CustomerScreen;
}
