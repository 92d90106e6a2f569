import { signerOf } from '../../../../main/hosts/kybio/body.ts';
import type { Exchange, ExpectedIncrement } from '../../../../main/hosts/port/member-host.ts';
import { amount } from '../../../../preload/contract/index.ts';

export const appKey = 'test-app-key';
export const memberUid = '231607639459718452';

/** The document's own request. */
export const documentFields = {
  appId: 'abcdefghijklmn',
  customerUid: memberUid,
  balanceIncrement: amount('100'),
  pointIncrement: amount('100'),
  dataChangeTime: '2015-12-16 13:26:23',
};
export const documentSigned = signerOf(appKey).sign(documentFields);
export const documentExpected: ExpectedIncrement = documentFields;

/** The document's own reply, without its comment: the id rounded, the time another one. */
export const documentReply = `{
"status": "success",
"messages": [],
"errorCode":null,
"data": {
"customerUid": 231607639459718460,
"balanceBeforeUpdate": 400,
"balanceAfterUpdate": 500,
"balanceIncrement": 100,
"pointBeforeUpdate": 300,
"pointAfterUpdate": 400,
"pointIncrement": 100,
"dataChangeTime": "2015-12-16 15:26:43",
"updateCustomerTime": "2015-12-16 14:37:30"
}
}`;

/** An exchange that was answered in full. */
export const answered = (
  status: number,
  body: Buffer | string,
  change: Partial<NonNullable<Exchange['response']>> = {},
): Exchange => ({
  phase: 'answered',
  startedAtMs: 0,
  endedAtMs: 1,
  failure: null,
  response: {
    status,
    contentType: 'application/json',
    location: '',
    dateMs: null,
    retryAfterMs: null,
    body: Buffer.from(body),
    ...change,
  },
});

export const errorReply = (...messages: readonly string[]): string =>
  JSON.stringify({ status: 'error', messages, errorCode: 1, data: null });
