import { describe, expect, it } from 'vitest';
import { readIncrementBody, signerOf } from '../../../main/hosts/kybio/body.ts';
import { type Amount, addAmounts, amount } from '../../../preload/contract/index.ts';
import { appKey, documentFields, documentSigned } from './support/increment.ts';

const bodyOf = (change: Partial<typeof documentFields>) =>
  signerOf(appKey)
    .sign({ ...documentFields, ...change })
    .body.toString('utf8');

describe('the bytes of an increment', () => {
  it('are the document’s own request, compact, with its fields in its order', () => {
    expect(documentSigned.body.toString('utf8')).toBe(
      '{"appId":"abcdefghijklmn","customerUid":231607639459718452,"balanceIncrement":100,"pointIncrement":100,"dataChangeTime":"2015-12-16 13:26:23"}',
    );
  });

  it.each([
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '9223372036854775807',
    '-9223372036854775808',
    '0',
    '1',
  ])('carry the id %s as bare digits', (customerUid) => {
    expect(bodyOf({ customerUid })).toContain(`"customerUid":${customerUid},"balance`);
  });

  it.each(['9223372036854775808', '-9223372036854775809', '1e5', '007', '1.0', '', ' 1', '-0', '1,"x":2'])(
    'cannot be made for the id %j',
    (customerUid) => {
      expect(() => bodyOf({ customerUid })).toThrow(RangeError);
    },
  );

  it.each([
    [addAmounts(amount('0.1'), amount('0.2')), '0.3'],
    [amount('12.3456'), '12.3456'],
    [amount('-0.0001'), '-0.0001'],
    [amount('0'), '0'],
    [amount('100000000000000000000000000000'), '100000000000000000000000000000'],
    [amount('0.00000001'), '0.00000001'],
    [amount('50.00'), '50.00'],
  ])('carry the amount %s exactly and without an exponent', (value, digits) => {
    const body = bodyOf({ balanceIncrement: value, pointIncrement: value });
    expect(body).toContain(`"balanceIncrement":${digits},"pointIncrement":${digits},`);
  });

  it.each(['1e3', '1E+2', '.5', '1.', '+1', 'NaN', '0x10', '1,000', ''])(
    'cannot be made for the amount %j',
    (text) => {
      expect(() => bodyOf({ balanceIncrement: text as Amount })).toThrow(RangeError);
      expect(() => bodyOf({ pointIncrement: text as Amount })).toThrow(RangeError);
    },
  );

  it('cannot be made without a time in the documented form, or without an appId', () => {
    expect(() => bodyOf({ dataChangeTime: '2015-12-16T13:26:23' })).toThrow(RangeError);
    expect(() => bodyOf({ dataChangeTime: '' })).toThrow(RangeError);
    expect(() => bodyOf({ appId: '' })).toThrow(RangeError);
  });

  it('keep an appId with quotes and Chinese inside its string', () => {
    expect(bodyOf({ appId: 'a"b\\银豹' })).toMatch(/^\{"appId":"a\\"b\\\\银豹","customerUid":/);
  });
});

describe('the signature', () => {
  // Both were computed apart from this code, by `printf %s KEY BODY | openssl md5`.
  it('is the upper-case MD5 of key and body', () => {
    expect(documentSigned.signature).toBe('5A46ACBDECFAF0F5D18C3C14388111AE');
  });

  it('is taken over UTF-8', () => {
    const fields = {
      appId: 'шоп',
      customerUid: '9007199254740993',
      balanceIncrement: amount('0.30'),
      pointIncrement: amount('-1.2345'),
      dataChangeTime: '2026-11-24 09:05:00',
    };
    expect(signerOf('клюц-密钥').sign(fields).signature).toBe('733B7920594CF66E1B7C7E8A68A2F31B');
  });

  it('ignores what surrounds key and body', () => {
    expect(signerOf(`  ${appKey}\n`).sign(documentFields).signature).toBe(documentSigned.signature);
    const padded = Buffer.from(`\n ${documentSigned.body.toString('utf8')} \r\n`);
    expect(signerOf(appKey).signBody(padded).signature).toBe(documentSigned.signature);
  });

  it('names the key by a fingerprint that does not tell it', () => {
    // printf 'counterfoil key fingerprint 1\ntest-app-key' | sha256sum
    expect(documentSigned.keyFingerprint).toBe('70286382ce6d5a5b');
  });

  it('verifies for these bytes and this key only', () => {
    expect(signerOf(appKey).verify(documentSigned)).toBe(true);
    expect(signerOf('another-key').verify(documentSigned)).toBe(false);
    const changed = Buffer.from(documentSigned.body);
    changed[changed.indexOf('100')] = '2'.charCodeAt(0);
    expect(signerOf(appKey).verify({ ...documentSigned, body: changed })).toBe(false);
    expect(signerOf(appKey).verify({ ...documentSigned, keyFingerprint: '0'.repeat(16) })).toBe(false);
  });

  it('can be made anew under another key, over the same bytes', () => {
    const again = signerOf('new-key').signBody(documentSigned.body);
    expect(again.body.equals(documentSigned.body)).toBe(true);
    expect(again.signature).not.toBe(documentSigned.signature);
    expect(signerOf('new-key').verify(again)).toBe(true);
  });
});

describe('a stored body read back', () => {
  it.each([
    documentFields,
    { ...documentFields, customerUid: '-9223372036854775808', balanceIncrement: amount('-12.50') },
    { ...documentFields, appId: 'a"b 银豹', pointIncrement: amount('0.0001') },
  ])('gives the fields that made it: %j', (fields) => {
    const { body } = signerOf(appKey).sign(fields);
    expect(readIncrementBody(body)).toEqual(fields);
  });

  const text = documentSigned.body.toString('utf8');
  it.each([
    ['', 'nothing'],
    ['[]', 'no object'],
    [text.replace('100', '1e2'), 'an exponent'],
    [text.replace(',', ', '), 'a space'],
    [text.replace('}', ',"remark":"x"}'), 'one field more'],
    [text.replace('231607639459718452', '"231607639459718452"'), 'the id as a string'],
    [text.slice(0, -1), 'a cut'],
  ])('is none of ours: %s (%s)', (changed) => {
    expect(readIncrementBody(Buffer.from(changed))).toBeNull();
  });
});
