import { promisify } from 'node:util';
import { gunzip, inflate, inflateRaw } from 'node:zlib';

/** An encoding that was not asked for. */
export class UnknownContentCoding extends Error {
  readonly code = 'ERR_UNKNOWN_CONTENT_CODING';
}

const gunzipBytes = promisify(gunzip);
const inflateBytes = promisify(inflate);
const inflateRawBytes = promisify(inflateRaw);

/** `deflate` means zlib's format, but some servers send a raw stream; the header shows which (RFC 1950). */
function hasZlibHeader(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

function decodeOnce(coding: string, bytes: Buffer, maxOutputLength: number): Promise<Buffer> {
  if (coding === 'gzip' || coding === 'x-gzip') return gunzipBytes(bytes, { maxOutputLength });
  if (coding !== 'deflate') throw new UnknownContentCoding(`content coding ${coding.slice(0, 20)}`);
  return hasZlibHeader(bytes)
    ? inflateBytes(bytes, { maxOutputLength })
    : inflateRawBytes(bytes, { maxOutputLength });
}

/** Decodes a Content-Encoding. Rejects with zlib's error, ERR_BUFFER_TOO_LARGE above the limit, or UnknownContentCoding. */
export async function decompress(encoding: string, bytes: Buffer, maxLength: number): Promise<Buffer> {
  const codings = encoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 2) throw new UnknownContentCoding('too many content codings');
  let decoded = bytes;
  // The coding that was applied last is named last.
  for (const coding of codings.reverse()) {
    if (decoded.length > 0) decoded = await decodeOnce(coding, decoded, maxLength);
  }
  return decoded;
}
