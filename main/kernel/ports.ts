import type { ClosingAnswer, CustomerShown, Result } from '../../preload/contract/index.ts';

/** What the core needs from outside. Electron, Node and tests each bring their own. */

export interface Clock {
  /** Unix time in milliseconds; may jump when somebody sets the PC's clock. */
  nowMs(): number;
  /** Milliseconds since some fixed moment; never jumps, stands still while the PC sleeps. */
  monotonicMs(): number;
  /** Calls `action` once after `delayMs`; the returned function forgets it. */
  schedule(delayMs: number, action: () => void): () => void;
}

/** With the turns of the process's own loop. */
export interface LoopClock extends Clock {
  /** Calls `action` once all that has arrived by now was heard. */
  soon(action: () => void): void;
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
  /** Null when secrets are safe there, else why not. */
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

/** The way out of this computer, as its system and whoever looks after it have set it. */
export interface Network {
  /**
   * By which ways an address is to be reached, as a proxy script would say it: `DIRECT`, or a list such as
   * `PROXY proxy:8080; DIRECT`. Empty, or a rejection, where the system cannot tell.
   */
  resolveProxy(url: string): Promise<string>;
  /** Certificates of the authorities that the system trusts, PEM each. Never throws. */
  authorities(): readonly string[];
}

/** The window's close button, seen from the core. */
export interface Door {
  answer(answer: ClosingAnswer): void;
}

/** Lets a person save something as a file, with the system's own dialog. */
export interface FileSaver {
  /**
   * Where it is now, null where no place was chosen; `file-not-saved` where it cannot be written there. `begin` is called once
   * a place was chosen, and where it throws nothing is written.
   */
  save(file: {
    readonly name: string;
    readonly text: string | Uint8Array;
    readonly begin?: () => void;
  }): Promise<Result<string | null>>;
}

/** Lets a person pick where something is to be saved that is too large to be held, with the system's own dialog. */
export interface SavePlace {
  /** Null where no place was chosen. */
  pick(name: string): Promise<string | null>;
}

/** Whether the system starts the program when somebody logs in. */
export interface LoginItem {
  isOn(): boolean;
  /** Throws where the system or the disk refuses. */
  set(isOn: boolean): Promise<void>;
}

/** The window that fills the screen and is left by a manager alone. */
export interface Kiosk {
  isOn(): boolean;
  set(isOn: boolean): void;
}

/** The display that the customer sees, from the side of whoever says what it shows. */
export interface CustomerScreen {
  /** Null: no till is open, and there is nothing to show. */
  show(shown: CustomerShown | null): void;
}

/** The same display, from the side of whoever sets the computer up. */
export interface CustomerDisplay {
  /** It is there now. */
  isShown(): boolean;
  /** Where it is not wanted any more, its monitor is forgotten too. */
  set(isWanted: boolean): void;
}

/** Lets a person choose a folder, with the system's own dialog. */
export interface FolderPicker {
  /** Null where none was chosen. */
  pick(): Promise<string | null>;
}

/** Lets a person choose files to be read, with the system's own dialog. */
export interface FilePicker {
  /** Their paths; none where none was chosen. */
  pickMany(): Promise<readonly string[]>;
}

/** Light and dark in rows of so many bytes, 0 black to 255 white. */
export interface GreyPicture {
  readonly width: number;
  readonly grey: Uint8Array;
}

/** A picture to be drawn: its source, and its size in dots of 1/203 inch. */
export interface SvgPicture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** What draws receipts, seen from the core: it has the computer's fonts and printers. */
export interface ReceiptCanvas {
  /** Dot for dot. Throws where it cannot be drawn. */
  grey(picture: SvgPicture): Promise<GreyPicture>;
  /** The printers that the system knows, by their names. */
  printers(): Promise<readonly string[]>;
  /** Hands it to a printer's queue, on paper so wide. Null when the system has taken it, else why not. */
  print(picture: SvgPicture, printer: string, paperMm: number): Promise<string | null>;
  /** Throws where it cannot be drawn. */
  pdf(picture: SvgPicture, paperMm: number): Promise<Uint8Array>;
  /** A person picks a picture file, made no wider and no higher than this; null where none was picked. */
  pick(most: number): Promise<Result<GreyPicture | null>>;
}
