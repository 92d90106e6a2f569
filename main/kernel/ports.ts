import type { ClosingAnswer, CustomerShown, Result } from '../../preload/contract/index.ts';

/** The core's ports to the outside. Electron, Node and tests each implement them. */

export interface Clock {
  /** Unix time in milliseconds; may jump when somebody sets the PC's clock. */
  nowMs(): number;
  /** Milliseconds since some fixed moment; never jumps, stands still while the PC sleeps. */
  monotonicMs(): number;
  /** Calls `action` once after `delayMs`; the returned function cancels it. */
  schedule(delayMs: number, action: () => void): () => void;
}

export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** A UUID, version 4. */
  uuid(): string;
  bytes(length: number): Buffer;
}

/** The operating system's keyring, seen from the core. */
export interface SecretStore {
  /** Null when secrets are safe there, otherwise why not. */
  problem(): Promise<'keyring-unavailable' | 'keyring-plain-text' | null>;
  /** Throws where the keyring fails. */
  encrypt(secret: string): Promise<Buffer>;
  /** Throws where the keyring is lost or another one. */
  decrypt(sealed: Buffer): Promise<string>;
}

/** Log lines are events with named values; never a key, a PIN, a signature, a body or a full phone. */
export interface Logger {
  info(event: string, values?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, values?: Readonly<Record<string, string | number | boolean | null>>): void;
  error(event: string, values?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Network settings of the system and its administrator. */
export interface Network {
  /**
   * How to reach an address, as a proxy script says it: `DIRECT`, or a list such as `PROXY proxy:8080; DIRECT`.
   * Empty, or a rejection, where the system does not know.
   */
  resolveProxy(url: string): Promise<string>;
  /** Certificates of the authorities the system trusts, PEM each. Never throws. */
  authorities(): readonly string[];
}

/** The window's close button, seen from the core. */
export interface Door {
  answer(answer: ClosingAnswer): void;
}

/** Saves a file through the system's dialog. */
export interface FileSaver {
  /**
   * The path saved to, null where no place was chosen; `file-not-saved` where it cannot be written. `begin` is called
   * once a place was chosen; if it throws, nothing is written.
   */
  save(file: {
    readonly name: string;
    readonly text: string | Uint8Array;
    readonly begin?: () => void;
  }): Promise<Result<string | null>>;
}

/** Picks, in the system's dialog, where to save what is too large to hold in memory. */
export interface SavePlace {
  /** Null where no place was chosen. */
  pick(name: string): Promise<string | null>;
}

/** Prints a page's body as a PDF on A4. */
export type SheetPdf = (
  body: string,
  page: { readonly title: string; readonly locale: string },
) => Promise<Uint8Array>;

/** Whether the system starts the program when somebody logs in. */
export interface LoginItem {
  isOn(): boolean;
  /** Throws where the system or the disk refuses. */
  set(isOn: boolean): Promise<void>;
}

/** Kiosk mode: the window fills the screen, and only a manager leaves it. */
export interface Kiosk {
  isOn(): boolean;
  set(isOn: boolean): void;
}

/** The customer display, for the code that decides what it shows. */
export interface CustomerScreen {
  /** Null while no till is open: it then shows nothing. */
  show(shown: CustomerShown | null): void;
}

/** The customer display, for the computer's settings. */
export interface CustomerDisplay {
  /** Whether it is shown now. */
  isShown(): boolean;
  /** Switching it off also forgets its monitor. */
  set(isWanted: boolean): void;
}

/** Chooses a folder in the system's dialog. */
export interface FolderPicker {
  /** Null where none was chosen. */
  pick(): Promise<string | null>;
}

/** Chooses files to read in the system's dialog. */
export interface FilePicker {
  /** Their paths; none where none was chosen. */
  pickMany(): Promise<readonly string[]>;
}

/** A greyscale bitmap in rows of `width` bytes, 0 black to 255 white. */
export interface GreyBitmap {
  readonly width: number;
  readonly grey: Uint8Array;
}

/** An image to draw: its SVG source, and its size in dots of 1/203 inch. */
export interface SvgImage {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** Draws receipts, with the computer's fonts and printers. */
export interface ReceiptCanvas {
  /** As a bitmap. Throws where it cannot be drawn. */
  grey(picture: SvgImage): Promise<GreyBitmap>;
  /** Names of the system's printers. */
  printers(): Promise<readonly string[]>;
  /** Sends it to a printer's queue, with the paper's width. Null when the system has taken it, otherwise why not. */
  print(picture: SvgImage, printer: string, paperMm: number): Promise<string | null>;
  /** Throws where it cannot be drawn. */
  pdf(picture: SvgImage, paperMm: number): Promise<Uint8Array>;
  /** Picks an image file, scaled down to this width and height; null where none was picked. */
  pick(most: number): Promise<Result<GreyBitmap | null>>;
}
