import { createServer, type Server, type Socket } from 'node:net';

/**
 * How a printer is at the moment. `mute` takes the connection and says nothing; `no-done` tells how it is and never that it
 * is done; `dies` is switched off in the middle of a paper; `tears` runs out of paper in the middle of one; `opens` has its
 * cover opened behind the last line, and `opens-late` once it said that it is done; `eager` runs out of paper too, and says
 * all the same that it is done; `late` says so only once it is asked for something else.
 */
export type PrinterMood =
  | 'ready'
  | 'paper-out'
  | 'cover-open'
  | 'stopped'
  | 'mute'
  | 'no-done'
  | 'dies'
  | 'tears'
  | 'opens'
  | 'opens-late'
  | 'eager'
  | 'late';

/** What happens to a printer, at which a test has it say something else besides. */
export type Moment = 'connect' | Read['kind'];

export interface FakePrinter {
  readonly address: string;
  mood: PrinterMood;
  /** Its automatic status back: off, on until `GS a 0`, or on whatever it is told. */
  automatic: 'off' | 'on' | 'always';
  /** What it says at that moment, before its answer. */
  says: (at: Moment) => readonly number[];
  /** From that moment on it sends this byte without an end. */
  flood: { readonly at: Moment; readonly byte: number } | null;
  /** How many connections are open. */
  readonly lines: () => number;
  /** What came out, a paper each: what lies between two cuts. */
  readonly papers: Buffer[];
  /** How often the drawer was kicked. */
  readonly kicks: () => number;
  off(): Promise<void>;
  on(): Promise<void>;
  /** Resolves when it holds; looked at whenever something reached the printer, or a connection ended. */
  until(holds: () => boolean): Promise<void>;
  /** How often somebody has connected. */
  readonly connections: () => number;
}

const CUT = Buffer.from([0x1d, 0x56, 0x42, 0x00]);
const KICK = Buffer.from([0x1b, 0x70, 0, 25, 250]);

interface State {
  /** What it answers of itself and of its paper. */
  readonly status: readonly [offLine: number, paper: number];
  /** What it says by itself where it falls into that. */
  readonly block: readonly number[];
  readonly isDone: boolean;
}

const ready: State = { status: [0x12, 0x12], block: [0x10, 0, 0, 0], isDone: true };
const paperOut: State = {
  status: [0x12 | 0x20, 0x12 | 0x60],
  block: [0x10 | 0x08, 0, 0x0c, 0],
  isDone: false,
};
const coverOpen: State = { status: [0x12 | 0x04, 0x12], block: [0x10 | 0x28, 0, 0, 0], isDone: false };

const states: Readonly<Partial<Record<PrinterMood, State>>> = {
  'paper-out': paperOut,
  'cover-open': coverOpen,
  stopped: { status: [0x12 | 0x40, 0x12], block: [0x10 | 0x08, 0x08, 0, 0], isDone: false },
  'no-done': { ...ready, isDone: false },
};

/** Into which state it falls by itself, and at what. */
const falls: Readonly<Partial<Record<PrinterMood, readonly [at: Moment, into: State]>>> = {
  tears: ['ink', paperOut],
  eager: ['ink', { ...paperOut, isDone: true }],
  opens: ['cut', coverOpen],
  'opens-late': ['done', coverOpen],
};

interface Read {
  readonly kind: 'status' | 'done' | 'automatic' | 'kick' | 'cut' | 'ink';
  readonly length: number;
}

/** What the printer reads next of what came; null where the end of it is still to come. */
function readNext(rest: Buffer): Read | null {
  if (rest.length === 0) return null;
  const isCommand = [0x10, 0x1d, 0x1b].includes(rest[0] ?? 0);
  if (isCommand && rest.length < 5 && rest.length < 3) return null;
  if (rest[0] === 0x10 && rest[1] === 0x04) return { kind: 'status', length: 3 };
  if (rest[0] === 0x1d && rest[1] === 0x72) return { kind: 'done', length: 3 };
  if (rest[0] === 0x1d && rest[1] === 0x61) return { kind: 'automatic', length: 3 };
  if (rest.subarray(0, 5).equals(KICK)) return { kind: 'kick', length: 5 };
  if (rest.subarray(0, 4).equals(CUT)) return { kind: 'cut', length: 4 };
  // A picture is read as a whole: its dots may look like commands.
  if (rest[0] === 0x1d && rest[1] === 0x76) {
    if (rest.length < 8) return null;
    const length = 8 + rest.readUInt16LE(4) * rest.readUInt16LE(6);
    return rest.length < length ? null : { kind: 'ink', length };
  }
  return { kind: 'ink', length: 1 };
}

/** What one connection has: what came and is not read, the paper so far, whether its status goes back by itself. */
interface Line {
  readonly socket: Socket;
  readonly paper: Buffer[];
  rest: Buffer;
  isAutomatic: boolean;
  /** An answer that comes only with the next one. */
  owed: number[];
}

const FLOOD_BYTES = 16_384;

/** Endlessly, as fast as it is taken. */
function pour(socket: Socket, byte: number): void {
  const piece = Buffer.alloc(FLOOD_BYTES, byte);
  const more = () => {
    if (socket.writable) socket.write(piece, () => setImmediate(more));
  };
  more();
}

/** A receipt printer on the network of this machine, in the hand of whoever switches it off again. */
export async function switchOnPrinter(): Promise<FakePrinter> {
  const lines = new Set<Line>();
  const waiting = new Set<() => void>();
  const papers: Buffer[] = [];
  let [kicks, connections] = [0, 0];
  let mood: PrinterMood = 'ready';
  let state = ready;
  const tell = () => {
    for (const check of [...waiting]) check();
  };
  const fall = (into: State) => {
    if (into === state) return;
    state = into;
    for (const line of lines) if (line.isAutomatic) line.socket.write(Buffer.from(state.block));
  };
  const happens = (at: Moment, { socket }: Line) => {
    const unasked = printer.says(at);
    if (unasked.length > 0) socket.write(Buffer.from(unasked));
    if (printer.flood?.at === at) pour(socket, printer.flood.byte);
  };
  const answer = (line: Line, read: Read, bytes: Buffer) => {
    const [offLine, roll] = state.status;
    const said = line.owed.splice(0);
    if (read.kind === 'status') said.push(bytes[2] === 2 ? offLine : roll);
    if (read.kind === 'done' && state.isDone) (mood === 'late' ? line.owed : said).push(0);
    if (said.length > 0) line.socket.write(Buffer.from(said));
  };
  const act = (line: Line, read: Read, bytes: Buffer) => {
    // Nothing comes out of a printer that has no paper or stands open.
    const isPrinting = state.status === ready.status;
    if (read.kind === 'automatic' && isPrinting && printer.automatic !== 'always') line.isAutomatic = false;
    if (read.kind === 'kick') kicks += 1;
    if (read.kind === 'ink' && isPrinting) line.paper.push(bytes);
    if (read.kind === 'cut' && isPrinting) papers.push(Buffer.concat(line.paper.splice(0)));
    if (read.kind === 'cut' || read.kind === 'kick') tell();
  };
  const hear = (line: Line, came: Buffer) => {
    if (mood === 'mute') return;
    line.rest = Buffer.concat([line.rest, came]);
    for (let read = readNext(line.rest); read !== null; read = readNext(line.rest)) {
      const bytes = line.rest.subarray(0, read.length);
      line.rest = line.rest.subarray(read.length);
      happens(read.kind, line);
      act(line, read, bytes);
      answer(line, read, bytes);
      const [at, into] = falls[mood] ?? [];
      if (at === read.kind && into !== undefined) fall(into);
      if (mood === 'dies' && read.kind === 'ink') return void line.socket.resetAndDestroy();
    }
  };
  const serve = (socket: Socket) => {
    const line: Line = {
      ...{ socket, paper: [], owed: [], rest: Buffer.alloc(0), isAutomatic: printer.automatic !== 'off' },
    };
    lines.add(line);
    connections += 1;
    tell();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      lines.delete(line);
      tell();
    });
    socket.on('data', (came) => hear(line, came));
    if (line.isAutomatic) socket.write(Buffer.from(state.block));
    happens('connect', line);
  };
  let server: Server | null = null;
  let port = 0;
  const on = () =>
    new Promise<void>((resolve) => {
      server = createServer(serve).listen(port, '127.0.0.1', () => {
        const address = server?.address();
        port = typeof address === 'object' && address !== null ? address.port : port;
        resolve();
      });
    });
  const off = () =>
    new Promise<void>((resolve) => {
      for (const { socket } of lines) socket.destroy();
      if (server === null) return resolve();
      server.close(() => resolve());
      server = null;
    });
  await on();
  const printer: FakePrinter = {
    address: `127.0.0.1:${port}`,
    papers,
    automatic: 'off',
    says: () => [],
    flood: null,
    lines: () => lines.size,
    kicks: () => kicks,
    connections: () => connections,
    ...{ on, off },
    get mood() {
      return mood;
    },
    set mood(next) {
      mood = next;
      fall(states[next] ?? ready);
    },
    until: (holds) =>
      new Promise((resolve) => {
        const check = () => {
          if (!holds()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
  return printer;
}
