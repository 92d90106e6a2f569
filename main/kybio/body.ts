import { LosslessNumber, parse, stringify } from 'lossless-json';
import { type Amount, amountSchema } from '../../preload/contract/index.ts';
import type { IncrementFields, SignedBody, TestIncrement } from '../outbox/member-host.ts';
import { fingerprintOf, signatureOf } from './signature.ts';
import { fieldOf, isJavaLong, isJsonObject, readAmount, readUid } from './values.ts';

const dataChangeTimeShape = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** A Long as bare digits; throws a RangeError on what is none, since that is a bug of ours. */
export function longOf(uid: string): LosslessNumber {
  if (!isJavaLong(uid)) throw new RangeError('customerUid is no Java Long');
  return new LosslessNumber(uid);
}

function decimalOf(value: Amount, field: string): LosslessNumber {
  if (!amountSchema.safeParse(value).success) throw new RangeError(`${field} is no canonical decimal`);
  return new LosslessNumber(value);
}

/** Compact JSON in the order of the given fields; `LosslessNumber`s go out as bare digits. */
export const encodeBody = (fields: Readonly<Record<string, unknown>>): Buffer =>
  Buffer.from(stringify(fields) ?? '', 'utf8');

function encodeIncrement(fields: IncrementFields): Buffer {
  if (fields.appId === '') throw new RangeError('appId is empty');
  if (!dataChangeTimeShape.test(fields.dataChangeTime)) {
    throw new RangeError('dataChangeTime is not yyyy-MM-dd HH:mm:ss');
  }
  return encodeBody({
    appId: fields.appId,
    customerUid: longOf(fields.customerUid),
    balanceIncrement: decimalOf(fields.balanceIncrement, 'balanceIncrement'),
    pointIncrement: decimalOf(fields.pointIncrement, 'pointIncrement'),
    dataChangeTime: fields.dataChangeTime,
  });
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

/** Signs stored bytes, e.g. anew under another key. The bytes stay as they are. */
export const signBody = (body: Buffer, appKey: string): SignedBody => ({
  body: Buffer.from(body),
  signature: signatureOf(body, appKey),
  keyFingerprint: fingerprintOf(appKey),
});

/**
 * The increment's bytes in the document's field order, and their signature. Serialised once, here:
 * whoever sends, stores or checks them later uses these bytes. Throws a RangeError on fields that
 * could not go out exactly.
 */
export const signIncrement = (fields: IncrementFields, appKey: string): SignedBody =>
  signBody(encodeIncrement(fields), appKey);

/** Whether this key signed exactly these bytes. */
export const verifySignature = (signed: SignedBody, appKey: string): boolean =>
  signed.keyFingerprint === fingerprintOf(appKey) && signed.signature === signatureOf(signed.body, appKey);

/** Whether a stored body is what `signIncrement` makes of exactly these fields. */
export function isIncrementBodyOf(body: Buffer, fields: IncrementFields): boolean {
  try {
    return encodeIncrement(fields).equals(body);
  } catch {
    // Fields that could not go out exactly have no body.
    return false;
  }
}

/**
 * What a stored body says, for comparing it with the row beside it. Null unless these are exactly the
 * bytes that `signIncrement` makes of the fields returned.
 */
export function readIncrementBody(body: Buffer): IncrementFields | null {
  try {
    const json = parse(body.toString('utf8'));
    if (!isJsonObject(json)) return null;
    const appId = fieldOf(json, 'appId');
    const customerUid = readUid(fieldOf(json, 'customerUid'));
    const balanceIncrement = readAmount(fieldOf(json, 'balanceIncrement'));
    const pointIncrement = readAmount(fieldOf(json, 'pointIncrement'));
    const dataChangeTime = fieldOf(json, 'dataChangeTime');
    if (typeof appId !== 'string' || typeof dataChangeTime !== 'string') return null;
    if (customerUid === null || balanceIncrement === null || pointIncrement === null) return null;
    const fields = { appId, customerUid, balanceIncrement, pointIncrement, dataChangeTime };
    return encodeIncrement(fields).equals(body) ? fields : null;
  } catch {
    // Not JSON, or fields that encodeIncrement refuses: either way no body of ours.
    return null;
  }
}
