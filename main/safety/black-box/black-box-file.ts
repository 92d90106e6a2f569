import type { FileHandle } from 'node:fs/promises';
import { writeWhole } from '../../kernel/atomic-file.ts';
import type { Random } from '../../kernel/ports.ts';
import { createSealer, type Frame, frameAt, lockOfHead } from '../../kernel/sealing/frames.ts';
import type { Lock } from '../../kernel/sealing/lock.ts';
import type { StoredRow } from '../../ledger/tables/index.ts';
import { nextDigest, piecesOf } from './box-frames.ts';
import type { BoxEnd, BoxRecord } from './box-record.ts';
import { type BoxVerdict, classifyBox, type SeenBox } from './classify-box.ts';
import { isStillAt, NotOurs, openPlain } from './own-file.ts';

/** More than a year of a busy shop; a larger box is replaced, and one older file stays. */
export const MOST_BYTES = 256 * 1024 * 1024;

const FRAME_BYTES = 400_000;
/** The authentication tag at a frame's end. */
const TAG_BYTES = 16;
const MOST_HEAD_BYTES = 1_024;

/** One row a line, as many a frame as fit. */
function* contentsOf(rows: readonly StoredRow[]): Generator<Buffer> {
  let lines: string[] = [];
  let size = 0;
  for (const row of rows) {
    const line = `${JSON.stringify(row)}\n`;
    if (size > 0 && size + line.length > FRAME_BYTES) {
      yield Buffer.from(lines.join(''), 'utf8');
      [lines, size] = [[], 0];
    }
    lines.push(line);
    size += line.length;
  }
  if (size > 0) yield Buffer.from(lines.join(''), 'utf8');
}

/** Limits what a damaged length costs a reader; opening a key takes a millisecond. */
const WRITES_A_KEY = 16;

/** Seals rows, with a new key every few writes, so that later frames open whatever became of earlier ones. */
export function createRowSealer(
  lock: Lock,
  random: Pick<Random, 'bytes'>,
): (rows: readonly StoredRow[]) => readonly Buffer[] {
  let sealer = createSealer(lock, random);
  let writes = 0;
  return (rows) => {
    const contents = [...contentsOf(rows)];
    if (contents.length === 0) return [];
    const isFirst = writes % WRITES_A_KEY === 0;
    if (isFirst && writes > 0) sealer = createSealer(lock, random);
    writes += 1;
    const sealed = contents.map((content) => sealer.seal(content));
    return isFirst ? [sealer.head, ...sealed] : sealed;
  };
}

/** A digest of all frames so far, and where they end. */
export interface Reached {
  readonly end: BoxEnd | null;
  readonly sums: NonNullable<BoxRecord['sums']> | null;
}

export const nothingYet: Reached = { end: null, sums: null };

export function reachedBy({ end, sums }: Reached, frame: Buffer): Reached {
  const all = nextDigest(sums?.all ?? '', frame);
  return {
    end: { at: (end?.at ?? 0) + frame.length, tag: frame.subarray(-TAG_BYTES).toString('hex') },
    sums: { all, first: sums?.first ?? all },
  };
}

/** An append-only file. */
export interface BlackBoxFile {
  /** Resolves once it is on disk; a failed write is undone if the place allows. */
  append(rows: readonly StoredRow[]): Promise<void>;
  reached(): Reached;
  /** It still has its name, and no other. */
  isThere(): Promise<boolean>;
  /** Verifies the next `bytes`; `sound` or `worn` at the end. */
  readOn(bytes: number): Promise<'more' | 'sound' | 'worn'>;
  close(): Promise<void>;
}

/** A head frame of this lock. */
export function isHeadOf(lock: Lock, { kind, content }: Frame): boolean {
  const of = kind === 'head' ? lockOfHead(content) : null;
  return of !== null && of.salt === lock.salt && of.publicKey === lock.publicKey;
}

export async function beginsWith(lock: Lock, handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_HEAD_BYTES), 0, MOST_HEAD_BYTES, 0);
  const found = frameAt(buffer.subarray(0, bytesRead), 0);
  return found !== null && isHeadOf(lock, found.frame);
}

async function isAt(handle: FileHandle, { at, tag }: BoxEnd): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAG_BYTES), 0, TAG_BYTES, at - TAG_BYTES);
  return bytesRead === TAG_BYTES && buffer.toString('hex') === tag;
}

/** Reads only what is behind the remembered end; the rest is verified later. */
async function see(
  handle: FileHandle,
  lock: Lock,
  record: BoxRecord | null,
): Promise<{ readonly seen: SeenBox; readonly reached: Reached }> {
  const { size } = await handle.stat();
  const begins = await beginsWith(lock, handle);
  const isRemembered = record?.ended ? await isAt(handle, record.ended) : false;
  const isKnown = isRemembered && record !== null && record.sums !== null;
  let reached: Reached = isKnown ? { end: record.ended, sums: record.sums } : nothingYet;
  const from = reached.end?.at ?? 0;
  let [isWhole, isClosed] = [true, false];
  for await (const { frame, bytes } of begins || isRemembered ? piecesOf(handle, from) : []) {
    isWhole &&= frame !== null;
    isClosed ||= frame?.kind === 'last';
    if (frame !== null) reached = reachedBy(reached, bytes);
  }
  const first = reached.sums?.first ?? null;
  const hasMore = (reached.end?.at ?? 0) > (record?.ended?.at ?? 0);
  return { seen: { begins, isClosed, isRemembered, first, isWhole, hasMore, bytes: size }, reached };
}

function createFile({ path, lock, random }: OpenParts, handle: FileHandle, from: Reached): BlackBoxFile {
  let reached = from;
  let read = nothingYet;
  let seal = createRowSealer(lock, random);
  const undo = (at: number) => handle.truncate(at).catch(() => undefined);
  return {
    append: async (rows) => {
      const at = reached.end?.at ?? 0;
      const frames = seal(rows);
      try {
        await writeWhole(handle, Buffer.concat(frames), at);
        await handle.sync();
      } catch (thrown) {
        await undo(at);
        // A key's frames are numbered, and these are missing.
        seal = createRowSealer(lock, random);
        throw thrown;
      }
      for (const frame of frames) reached = reachedBy(reached, frame);
    },
    reached: () => reached,
    isThere: async () => {
      return (await isStillAt(path, handle)) && (await handle.stat()).size === (reached.end?.at ?? 0);
    },
    readOn: async (bytes) => {
      const begun = read;
      read = nothingYet;
      const from = begun.end?.at ?? 0;
      let now = begun;
      for await (const { frame, bytes: piece, end } of piecesOf(handle, from)) {
        if (frame === null) return 'worn';
        now = reachedBy(now, piece);
        if (end - from >= bytes) break;
      }
      if ((now.end?.at ?? 0) < (reached.end?.at ?? 0)) {
        if (now.end?.at === begun.end?.at) return 'worn';
        read = now;
        return 'more';
      }
      return now.sums?.all === reached.sums?.all ? 'sound' : 'worn';
    },
    close: () => handle.close(),
  };
}

export interface OpenParts {
  readonly path: string;
  readonly lock: Lock;
  readonly random: Pick<Random, 'bytes'>;
}

export type OpenedBox =
  | { readonly state: 'none' }
  /** Above `MOST_BYTES`. */
  | { readonly state: 'full' }
  | (Extract<BoxVerdict, { kind: 'worn' }> & { readonly state: 'worn' })
  | (Extract<BoxVerdict, { kind: 'ours' }> & { readonly state: 'open'; readonly file: BlackBoxFile });

/**
 * Opens the till's own box for appending. Nothing is cut off: one that cannot be continued is `worn`. Errors:
 * `NotOurs`, and those of the file system.
 */
export async function openBlackBox(parts: OpenParts, record: BoxRecord | null): Promise<OpenedBox> {
  const handle = await openPlain(parts.path);
  if (handle === null) return { state: 'none' };
  let isKept = false;
  try {
    const { seen, reached } = await see(handle, parts.lock, record);
    const judged = classifyBox(seen, record);
    if (judged.kind === 'foreign') throw new NotOurs('black-box-foreign', parts.path);
    if (seen.bytes > MOST_BYTES) return { state: 'full' };
    if (judged.kind === 'worn') return { state: 'worn', ...judged };
    isKept = true;
    return { state: 'open', ...judged, file: createFile(parts, handle, reached) };
  } finally {
    if (!isKept) await handle.close();
  }
}
