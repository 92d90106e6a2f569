import { LosslessNumber, stringify } from 'lossless-json';
import type { Amount } from '../../../preload/contract/index.ts';
import { plainDecimal } from '../../../preload/contract/kernel/exact.ts';
import type { IncrementFields, SignedBody, Signer } from '../port/member-host.ts';
import { fingerprintOf, signatureOf } from './signature.ts';
import { isJavaLong } from './values.ts';

const dataChangeTimeShape = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** A Long as bare digits; throws a RangeError otherwise, since that is a bug of ours. */
export function longOf(uid: string): LosslessNumber {
  if (!isJavaLong(uid)) throw new RangeError('customerUid is no Java Long');
  return new LosslessNumber(uid);
}

function decimalOf(value: Amount, field: string): string {
  if (!plainDecimal.test(value)) throw new RangeError(`${field} is no canonical decimal`);
  return value;
}

/** Compact JSON in the order of the given fields; `LosslessNumber`s go out as bare digits. */
export const encodeBody = (fields: Readonly<Record<string, unknown>>): Buffer =>
  Buffer.from(stringify(fields) ?? '', 'utf8');

function encodeIncrement(fields: IncrementFields): Buffer {
  if (fields.appId === '') throw new RangeError('appId is empty');
  if (!dataChangeTimeShape.test(fields.dataChangeTime)) {
    throw new RangeError('dataChangeTime is not yyyy-MM-dd HH:mm:ss');
  }
  const balanceIncrement = decimalOf(fields.balanceIncrement, 'balanceIncrement');
  const pointIncrement = decimalOf(fields.pointIncrement, 'pointIncrement');
  return Buffer.from(
    `{"appId":${JSON.stringify(fields.appId)},"customerUid":${longOf(fields.customerUid).value},"balanceIncrement":${balanceIncrement},"pointIncrement":${pointIncrement},"dataChangeTime":"${fields.dataChangeTime}"}`,
    'utf8',
  );
}

/**
 * Signs with this key: new fields, or stored bytes again, unchanged. An increment is serialised once, here, in the
 * document's field order; sending, storing and checking use these bytes. `sign` throws a RangeError on fields that
 * could not go out exactly.
 */
export function signerOf(appKey: string): Signer {
  const keyFingerprint = fingerprintOf(appKey);
  const signBody = (body: Buffer): SignedBody => ({
    body,
    signature: signatureOf(body, appKey),
    keyFingerprint,
  });
  return {
    keyFingerprint,
    signBody,
    sign: (fields) => signBody(encodeIncrement(fields)),
    verify: (signed) =>
      signed.keyFingerprint === keyFingerprint && signed.signature === signatureOf(signed.body, appKey),
  };
}

/** The shape `encodeIncrement` writes; other JSON that parses is excluded by comparing bytes. */
const bodyShape =
  /^\{"appId":("(?:[^"\\]|\\.)*"),"customerUid":(-?\d{1,19}),"balanceIncrement":(-?[\d.]+),"pointIncrement":(-?[\d.]+),"dataChangeTime":"([\d: -]+)"\}$/;

/**
 * Parses a stored body to compare it with its row. Null unless these are exactly the bytes `encodeIncrement` makes of
 * the result.
 */
export function readIncrementBody(body: Buffer): IncrementFields | null {
  const match = bodyShape.exec(body.toString('utf8'));
  if (match === null) return null;
  const [, appId = '', customerUid = '', balance = '', point = '', dataChangeTime = ''] = match;
  try {
    const fields = {
      appId: JSON.parse(appId) as string,
      customerUid,
      dataChangeTime,
      balanceIncrement: balance as Amount,
      pointIncrement: point as Amount,
    };
    return encodeIncrement(fields).equals(body) ? fields : null;
  } catch {
    // Invalid text or fields: not a body of ours.
    return null;
  }
}
