import {
  createCipheriv,
  createDecipheriv,
  createHash,
  diffieHellman,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Random } from '../ports.ts';
import { type Lock, lockSchema, privateKeyOf, publicKeyOf, rawPublicOf } from './lock.ts';

/**
 * The encrypted format is a sequence of frames: `length (4) ‖ kind (1) ‖ content`. A `head` names the lock and the
 * key made for what follows; each `data` is encrypted with AES-256-GCM under its position, and `last` marks the end.
 * So frames cannot be changed, swapped, dropped or taken from another file.
 */
export const frameKinds = ['head', 'data', 'last'] as const;
export type FrameKind = (typeof frameKinds)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly content: Buffer;
}

const HEAD_BYTES = 5;
const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** Above any frame's size: a larger claim means damage. */
export const MOST_FRAME_BYTES = 1_100_000;

export function frameBytes({ kind, content }: Frame): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(content.length, 0);
  head.writeUInt8(frameKinds.indexOf(kind), 4);
  return Buffer.concat([head, content]);
}

/** The frame at this offset and its end; null where it is incomplete or none (zeros are none). */
export function frameAt(bytes: Buffer, at: number): { readonly frame: Frame; readonly end: number } | null {
  if (bytes.length < at + HEAD_BYTES) return null;
  const length = bytes.readUInt32BE(at);
  const kind = frameKinds[bytes.readUInt8(at + 4)];
  const end = at + HEAD_BYTES + length;
  if (kind === undefined || length < TAG_BYTES || length > MOST_FRAME_BYTES || bytes.length < end)
    return null;
  return { frame: { kind, content: bytes.subarray(at + HEAD_BYTES, end) }, end };
}

const keyOf = (secret: Buffer, head: Buffer): Buffer =>
  Buffer.from(
    hkdfSync('sha256', secret, createHash('sha256').update(head).digest(), 'counterfoil sealed 1', 32),
  );

function nonceOf(place: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUIntBE(place, NONCE_BYTES - 6, 6);
  return nonce;
}

const kindBytes = (kind: FrameKind): Buffer => Buffer.from(kind, 'latin1');

/** Encrypts frame after frame, under a key of its own that is not stored. */
export interface Sealer {
  readonly head: Buffer;
  seal(content: Buffer, kind?: 'data' | 'last'): Buffer;
}

/** Encrypts under a shared secret; `content` is the head, and goes into the key. */
export function sealUnder(secret: Buffer, content: Buffer): Sealer {
  const key = keyOf(secret, content);
  let place = 0;
  return {
    head: frameBytes({ kind: 'head', content }),
    seal: (plain, kind = 'data') => {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place));
      cipher.setAAD(kindBytes(kind));
      place += 1;
      const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return frameBytes({ kind, content: sealed });
    },
  };
}

export function createSealer(lock: Lock, random: Pick<Random, 'bytes'>): Sealer {
  const own = privateKeyOf(random.bytes(32));
  const content = Buffer.from(JSON.stringify({ ...lock, own: rawPublicOf(own).toString('base64') }));
  const publicKey = publicKeyOf(Buffer.from(lock.publicKey, 'base64'));
  return sealUnder(diffieHellman({ privateKey: own, publicKey }), content);
}

const headSchema = lockSchema.extend({ own: lockSchema.shape.publicKey });

/** The lock named by a head; null where it has none. */
export function lockOfHead(content: Buffer): Lock | null {
  try {
    const { salt, publicKey } = headSchema.parse(JSON.parse(content.toString('utf8')));
    return { salt, publicKey };
  } catch {
    return null;
  }
}

/** Decrypts the frames after one head, in order; null where one was changed. */
export function createOpener(head: Buffer, opening: KeyObject): (frame: Frame) => Buffer | null {
  const { own } = headSchema.parse(JSON.parse(head.toString('utf8')));
  const publicKey = publicKeyOf(Buffer.from(own, 'base64'));
  return openUnder(diffieHellman({ privateKey: opening, publicKey }), head);
}

/** The same for what was encrypted under a shared secret. */
export function openUnder(secret: Buffer, head: Buffer): (frame: Frame) => Buffer | null {
  const key = keyOf(secret, head);
  let place = 0;
  return ({ kind, content }) => {
    if (content.length < TAG_BYTES) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place));
    decipher.setAAD(kindBytes(kind));
    decipher.setAuthTag(content.subarray(content.length - TAG_BYTES));
    place += 1;
    try {
      const plain = decipher.update(content.subarray(0, content.length - TAG_BYTES));
      return Buffer.concat([plain, decipher.final()]);
    } catch {
      return null;
    }
  };
}
