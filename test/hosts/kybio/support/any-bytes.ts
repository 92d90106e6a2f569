import fc from 'fast-check';

/** A value that a field of a reply may have, its own or any other. */
export const field = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    'success',
    'error',
    'SUCCESS',
    '42',
    42,
    '10.50',
    10.5,
    '1e1',
    null,
    '重复提交',
    'customer disabled',
  ),
);
const names = [
  ...['status', 'messages', 'errorCode', 'data', 'customerUid', 'balanceBeforeUpdate', 'balanceAfterUpdate'],
  ...[
    'balanceIncrement',
    'pointBeforeUpdate',
    'pointAfterUpdate',
    'pointIncrement',
    'number',
    'name',
    'balance',
  ],
  ...[
    'point',
    'enable',
    'result',
    'pageSize',
    'postBackParameter',
    'rechargeMoney',
    'giftMoney',
    'datetime',
    '__proto__',
  ],
];
const record = fc.dictionary(fc.constantFrom(...names), field);
const data = fc.oneof(record, fc.array(record, { maxLength: 3 }), field);
const envelope = fc
  .record(
    {
      status: fc.oneof(fc.constantFrom('success', 'error', 'Success'), field),
      messages: field,
      errorCode: field,
      data,
    },
    { requiredKeys: [] },
  )
  .map((value) => Buffer.from(JSON.stringify(value)));
/** Bytes of all kinds: none at all, text, JSON, and JSON that looks like KYBIO's. */
export const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  envelope,
);
