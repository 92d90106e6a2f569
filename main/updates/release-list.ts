import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { appError, err, ok, type Result } from '../../preload/contract/index.ts';
import { compareVersions, isVersion } from './version.ts';

/**
 * The list's name; another format would have another one. Its first line is the signature of the rest: two
 * files would not match during an upload.
 */
export const LIST_NAME = 'releases.signed';

/** Far above any honest list: some 300 bytes a file. */
const MAX_LIST_BYTES = 65_536;
const MAX_SIGNATURE_BYTES = 200;
export const MAX_PUBLISHED_BYTES = MAX_SIGNATURE_BYTES + MAX_LIST_BYTES;

/** An installer has some 100 MB. */
const MAX_FILE_BYTES = 500_000_000;
const MOST_FILES = 20;

/** How a program was installed, and so what replaces it. */
export const packageKinds = ['appimage', 'deb', 'nsis', 'mac-zip'] as const;
export type PackageKind = (typeof packageKinds)[number];

const endings: Readonly<Record<PackageKind, string>> = {
  appimage: '.AppImage',
  deb: '.deb',
  nsis: '.exe',
  'mac-zip': '.zip',
};

/** One path segment on every system: no slash, no colon, no leading dot. */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,99}$/;

const version = z.string().refine(isVersion);

const fileSchema = z
  .object({
    platform: z.enum(['linux', 'win32', 'darwin']),
    arch: z.enum(['x64', 'arm64']),
    kind: z.enum(packageKinds),
    name: z.string().regex(NAME),
    size: z.number().int().min(1).max(MAX_FILE_BYTES),
    sha512: z.string().regex(/^[0-9a-f]{128}$/),
  })
  .strict()
  .refine(({ name, kind }) => name.endsWith(endings[kind]), { path: ['name'] });

const moment = z.iso.datetime();

const listSchema = z
  .object({
    format: z.literal(1),
    product: z.string().max(100),
    version,
    /** No older version may be installed any more, by whatever list. */
    floor: version,
    issuedAt: moment,
    expiresAt: moment,
    /** The share of tills that it is offered to. */
    stagePercent: z.number().int().min(0).max(100),
    /** Nothing is installed while this is set, however far it has come. */
    halt: z.boolean(),
    files: z.array(fileSchema).min(1).max(MOST_FILES),
  })
  .strict()
  .refine(({ files, version: of }) => files.every(({ name }) => name.includes(of)), { path: ['files'] })
  .refine(({ issuedAt, expiresAt }) => Date.parse(issuedAt) < Date.parse(expiresAt), { path: ['expiresAt'] })
  .refine(({ floor, version: of }) => compareVersions(floor, of) <= 0, { path: ['floor'] });

export type ReleaseFile = z.infer<typeof fileSchema>;
export type ReleaseList = z.infer<typeof listSchema>;

/** Signatures of lists are valid for nothing else, and no other signature is valid for a list. */
const CONTEXT = Buffer.from('counterfoil.release-list.1\n');

const signedBytes = (list: Buffer): Buffer => Buffer.concat([CONTEXT, list]);

/** From 32 bytes in base64, as in `RELEASE_KEYS`. */
export const publicKeyOf = (base64: string): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(base64, 'base64').toString('base64url') },
    format: 'jwk',
  });

/** The first line of what is published. */
export const signList = (list: Buffer, privateKey: KeyObject): string =>
  `${sign(null, signedBytes(list), privateKey).toString('base64')}\n`;

function isSigned(list: Buffer, signature: string, keys: readonly KeyObject[]): boolean {
  if (!/^[A-Za-z0-9+/]{86}==\s*$/.test(signature)) return false;
  const bytes = Buffer.from(signature.trim(), 'base64');
  return keys.some(
    (key) => key.asymmetricKeyType === 'ed25519' && verify(null, signedBytes(list), key, bytes),
  );
}

export const publishedOf = (list: Buffer, signature: string): Buffer =>
  Buffer.concat([Buffer.from(signature), list]);

export interface Published {
  readonly signature: string;
  readonly list: Buffer;
}

/** Splits without verifying. */
export function partsOf(published: Buffer): Published {
  const end = published.indexOf('\n') + 1;
  return { signature: published.toString('latin1', 0, end), list: published.subarray(end) };
}

function parsed(list: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(list));
  } catch {
    return null;
  }
}

/** Validates the shape only. Error: update-list-invalid. */
export function parseList(list: Buffer): Result<ReleaseList> {
  const checked = listSchema.safeParse(parsed(list));
  if (checked.success) return ok(checked.data);
  const field = checked.error.issues[0]?.path.join('.') ?? '';
  return err(appError('update-list-invalid', { field: field.slice(0, 100) }));
}

/**
 * Parses a list only after one of these keys verified it. Errors: update-list-too-large,
 * update-list-unsigned, update-list-invalid.
 */
export function readList(list: Buffer, signature: string, keys: readonly KeyObject[]): Result<ReleaseList> {
  if (list.length > MAX_LIST_BYTES || signature.length > MAX_SIGNATURE_BYTES) {
    return err(appError('update-list-too-large'));
  }
  return isSigned(list, signature, keys) ? parseList(list) : err(appError('update-list-unsigned'));
}
