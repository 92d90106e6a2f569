import { LosslessNumber, stringify } from 'lossless-json';
import { type Amount, amountSchema } from '../../../preload/contract/index.ts';
import type { IncrementFields, SignedBody, Signer, TestIncrement } from '../port/member-host.ts';
import { fingerprintOf, signatureOf } from './signature.ts';
import { isJavaLong } from './values.ts';

const dataChangeTimeShape = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** A Long as bare digits; throws a RangeError on what is none, since that is a bug of ours. */
export function longOf(uid: string): LosslessNumber {
  if (!isJavaLong(uid)) throw new RangeError('customerUid is no Java Long');
  return new LosslessNumber(uid);
}

function decimalOf(value: Amount, field: string): string {
  if (!amountSchema.safeParse(value).success) throw new RangeError(`${field} is no canonical decimal`);
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

/** The bytes of a test increment: in the same order, and odd where it asks for that. */
export const encodeTest = (test: TestIncrement): Buffer =>
  encodeBody({
    appId: test.appId,
    customerUid: test.idAsText ? test.customerUid : longOf(test.customerUid),
    balanceIncrement: new LosslessNumber(test.balanceIncrement),
    pointIncrement: new LosslessNumber(test.pointIncrement),
    dataChangeTime: test.dataChangeTime,
    ...(test.validateBalance ? { validateBalance: new LosslessNumber('1') } : {}),
  });

/**
 * Signs with this key: fields, or stored bytes anew, which stay as they are. An increment is serialised once, here, in
 * the document's field order: whoever sends, stores or checks it later uses these bytes. `sign` throws a RangeError on
 * fields that could not go out exactly.
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

/** As `encodeIncrement` writes it; whatever else fits is told from it by its bytes. */
const bodyShape =
  /^\{"appId":("(?:[^"\\]|\\.)*"),"customerUid":(-?\d{1,19}),"balanceIncrement":(-?[\d.]+),"pointIncrement":(-?[\d.]+),"dataChangeTime":"([\d: -]+)"\}$/;

/**
 * What a stored body says, for comparing it with the row beside it. Null unless these are exactly the
 * bytes that `encodeIncrement` makes of the fields returned.
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
    // No text, or fields that encodeIncrement refuses: either way no body of ours.
    return null;
  }
}
