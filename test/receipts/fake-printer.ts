import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * How a printer is at the moment. `mute` takes the connection and says nothing; `no-done` tells how it is and never that it
 * is done; `dies` is switched off in the middle of a paper; `tears` runs out of paper in the middle of one.
 */
export type PrinterMood =
  | 'ready'
  | 'paper-out'
  | 'cover-open'
  | 'stopped'
  | 'mute'
  | 'no-done'
  | 'dies'
  | 'tears';

export interface FakePrinter {
  readonly address: string;
  mood: PrinterMood;
  /** What came out, a paper each: what lies between two cuts. */
  readonly papers: Buffer[];
  /** How often the drawer was kicked. */
  readonly kicks: () => number;
  off(): Promise<void>;
  on(): Promise<void>;
  /** Resolves when it holds; looked at whenever something reached the printer. */
  until(holds: () => boolean): Promise<void>;
  /** How often somebody has connected. */
  readonly connections: () => number;
}

const CUT = Buffer.from([0x1d, 0x56, 0x42, 0x00]);
const KICK = Buffer.from([0x1b, 0x70, 0, 25, 250]);

/** What it answers of itself and of its paper. */
const answers: Readonly<Partial<Record<PrinterMood, readonly [offLine: number, paper: number]>>> = {
  'paper-out': [0x12 | 0x20, 0x12 | 0x60],
  'cover-open': [0x12 | 0x04, 0x12],
  stopped: [0x12 | 0x40, 0x12],
};

interface Read {
  readonly kind: 'status' | 'done' | 'kick' | 'cut' | 'ink';
  readonly length: number;
}

/** What the printer reads next of what came; null where the end of it is still to come. */
function readNext(rest: Buffer): Read | null {
  if (rest.length === 0) return null;
  const isCommand = [0x10, 0x1d, 0x1b].includes(rest[0] ?? 0);
  if (isCommand && rest.length < 5 && rest.length < 3) return null;
  if (rest[0] === 0x10 && rest[1] === 0x04) return { kind: 'status', length: 3 };
  if (rest[0] === 0x1d && rest[1] === 0x72) return { kind: 'done', length: 3 };
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

/** A receipt printer on the network of this machine, in the test's hand. */
export async function startFakePrinter(): Promise<FakePrinter> {
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const papers: Buffer[] = [];
  let kicks = 0;
  let connections = 0;
  let mood: PrinterMood = 'ready';
  const tell = () => {
    for (const check of [...waiting]) check();
  };
  const act = (socket: Socket, read: Read, bytes: Buffer, paper: Buffer[]) => {
    const [offLine, roll] = answers[mood] ?? [0x12, 0x12];
    if (read.kind === 'status') socket.write(Buffer.from([bytes[2] === 2 ? offLine : roll]));
    if (read.kind === 'done' && mood !== 'no-done' && mood !== 'paper-out') socket.write(Buffer.from([0]));
    if (read.kind === 'kick') kicks += 1;
    if (read.kind === 'ink') paper.push(bytes);
    if (read.kind === 'cut') papers.push(Buffer.concat(paper.splice(0)));
    if (read.kind === 'cut' || read.kind === 'kick') tell();
  };
  const serve = (socket: Socket) => {
    sockets.add(socket);
    connections += 1;
    tell();
    let rest = Buffer.alloc(0);
    const paper: Buffer[] = [];
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (came) => {
      if (mood === 'mute') return;
      rest = Buffer.concat([rest, came]);
      for (let read = readNext(rest); read !== null; read = readNext(rest)) {
        act(socket, read, rest.subarray(0, read.length), paper);
        rest = rest.subarray(read.length);
        if (read.kind !== 'ink') continue;
        if (mood === 'dies') return void socket.resetAndDestroy();
        if (mood === 'tears') mood = 'paper-out';
      }
    });
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
      for (const socket of sockets) socket.destroy();
      if (server === null) return resolve();
      server.close(() => resolve());
      server = null;
    });
  await on();
  onTestFinished(off);
  return {
    address: `127.0.0.1:${port}`,
    papers,
    kicks: () => kicks,
    connections: () => connections,
    ...{ on, off },
    get mood() {
      return mood;
    },
    set mood(next) {
      mood = next;
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
}
