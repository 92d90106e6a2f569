import { createHash } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { gunzipSync, inflateSync } from 'node:zlib';
import { parse } from 'lossless-json';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';

export interface Heard {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Decompressed. */
  readonly text: string;
}

export interface CallChange {
  readonly headers?: Readonly<Record<string, string>>;
  readonly verb?: string;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
  /** Replaces the whole body, which is signed as it is. */
  readonly body?: string;
}

/** `"appId":…` and the given JSON members, e.g. `"customerNum":"8008010001"`. */
export const bodyOf = (store: PracticeStore, members: string): string =>
  `{"appId":"${store.appId}"${members === '' ? '' : `,${members}`}}`;

export function headersOf(store: PracticeStore, body: string): Record<string, string> {
  return {
    'User-Agent': 'openApi',
    'Content-Type': 'application/json; charset=utf-8',
    'Accept-Encoding': 'gzip,deflate',
    'Time-stamp': String(Date.now()),
    'Data-signature': createHash('md5')
      .update(store.appKey + body, 'utf8')
      .digest('hex')
      .toUpperCase(),
    'Content-Length': String(Buffer.byteLength(body)),
  };
}

function decompress(bytes: Buffer, encoding: string | undefined): string {
  if (encoding === 'gzip') return gunzipSync(bytes).toString('utf8');
  if (encoding === 'deflate') return inflateSync(bytes).toString('utf8');
  return bytes.toString('utf8');
}

/** One call, e.g. of `customerOpenApi/queryByNumber`, over a socket of its own; rejects where the reply is not whole. */
export function callPractice(
  store: PracticeStore,
  path: string,
  members: string,
  change: CallChange = {},
): Promise<Heard> {
  const body = change.body ?? bodyOf(store, members);
  return new Promise((resolve, reject) => {
    const outgoing = request(`${store.baseUrl}/openapi/v1/${path}`, {
      method: change.verb ?? 'POST',
      headers: { ...headersOf(store, body), ...change.headers },
      agent: change.agent ?? new Agent({ keepAlive: false }),
      ...(change.signal === undefined ? {} : { signal: change.signal }),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = decompress(Buffer.concat(chunks), response.headers['content-encoding']);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    outgoing.end(body);
  });
}

/** The envelope with every number as its digits. */
export const envelopeOf = (heard: Heard): unknown =>
  parse(heard.text, null, { parseNumber: (digits) => `#${digits}` });

export interface RawEnd {
  readonly bytes: string;
  /** `FIN` = closed in good order, else the error's code, e.g. `ECONNRESET` for an RST. */
  readonly end: string;
}

/** The same call on a bare socket, to see how the other side ends it. */
export function callRaw(store: PracticeStore, path: string, members: string): Promise<RawEnd> {
  const body = bodyOf(store, members);
  const { pathname, host } = new URL(`${store.baseUrl}/openapi/v1/${path}`);
  const headers = Object.entries({ Host: host, ...headersOf(store, body) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const finish = (end: string): void => resolve({ bytes: Buffer.concat(chunks).toString('latin1'), end });
    const socket = connect(store.port, '127.0.0.1', () =>
      socket.write(`POST ${pathname} HTTP/1.1\r\n${headers.join('')}\r\n${body}`),
    );
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => finish('FIN'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? 'unknown'));
  });
}

const increment = 'customerOpenApi/updateBalancePointByIncrement';

/** An increment's members of the body. */
export const incrementOf = (
  customerUid: string,
  balance = '100',
  point = '100',
  dataChangeTime = '2015-12-16 13:26:23',
): string =>
  `"customerUid":${customerUid},"balanceIncrement":${balance},"pointIncrement":${point},"dataChangeTime":"${dataChangeTime}"`;

export const sendIncrement = (
  store: PracticeStore,
  members: string,
  change: CallChange = {},
): Promise<Heard> => callPractice(store, increment, members, change);

export const sendIncrementRaw = (store: PracticeStore, members: string): Promise<RawEnd> =>
  callRaw(store, increment, members);
