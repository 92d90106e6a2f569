import { readIncrementBody } from '../../main/hosts/kybio/body.ts';
import type { Exchange, SignedBody } from '../../main/hosts/port/member-host.ts';
import { exchange } from './outbox.ts';

/** How KYBIO may answer a call in a test of the loop. */
export type Answer =
  | 'success'
  | 'lost'
  | 'refused-connection'
  | 'words'
  | 'duplicate'
  | 'disabled'
  | 'time-stamp'
  | 'wrong-key'
  | '502'
  | 'overloaded'
  | 'aborted'
  | 'quota';

const date = { dateMs: null, retryAfterMs: null, location: '' };
const json = (value: object): Exchange => ({
  ...exchange('answered'),
  response: {
    ...date,
    status: 200,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(value)),
  },
});
const errorWords = (words: string): Exchange => json({ status: 'error', messages: [words] });

const withStatus = (status: number, body: string, retryAfterMs: number | null = null): Exchange => ({
  ...exchange('answered'),
  response: { ...date, status, contentType: 'text/html', body: Buffer.from(body), retryAfterMs },
});

export function exchangeFor(answer: Answer, signed: SignedBody | null): Exchange {
  switch (answer) {
    case 'success': {
      // The id goes back as it came: as digits, by hand.
      const fields = signed === null ? null : readIncrementBody(signed.body);
      const { customerUid = '1', balanceIncrement = '0', pointIncrement = '0' } = fields ?? {};
      const data = `{"customerUid":${customerUid},"balanceIncrement":${balanceIncrement},"pointIncrement":${pointIncrement}}`;
      const body = Buffer.from(`{"status":"success","data":${data}}`);
      return {
        ...exchange('answered'),
        response: { ...date, status: 200, contentType: 'application/json', body },
      };
    }
    case 'lost':
      return { ...exchange('sent'), failure: { kind: 'reset', code: 'ECONNRESET' } };
    case 'aborted':
      return { ...exchange('sent'), failure: { kind: 'aborted', code: 'ABORTED' } };
    case 'refused-connection':
      return { ...exchange('connecting'), failure: { kind: 'connection-refused', code: 'ECONNREFUSED' } };
    case 'words':
      return errorWords('blue moon');
    case 'duplicate':
      return errorWords('重复提交修改');
    case 'disabled':
      return errorWords('Customer is disabled');
    case 'time-stamp':
      return errorWords('time-stamp is expired');
    case 'wrong-key':
      return errorWords('data-signature invalid');
    case 'quota':
      return errorWords('access limit reached');
    case '502':
      return withStatus(502, '<html>Bad Gateway</html>');
    case 'overloaded':
      return withStatus(429, '', 0);
  }
}

/** The answers that end a read without a value, and as what. */
export const readFailures: Partial<Record<Answer, 'no-answer' | 'not-connected'>> = {
  lost: 'no-answer',
  '502': 'no-answer',
  'refused-connection': 'not-connected',
};
