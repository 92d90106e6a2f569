import type { IncomingHttpHeaders } from 'node:http';
import type { Exchange } from '../port/member-host.ts';

export interface ResponseHead {
  readonly kept: Omit<NonNullable<Exchange['response']>, 'body'>;
  readonly contentEncoding: string;
  /** Null where the header is missing or not a number. */
  readonly contentLength: number | null;
}

type Headers = Readonly<Record<string, string | string[] | undefined>> | IncomingHttpHeaders;

const first = (headers: Headers, name: string): string => {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

function timeOf(text: string): number | null {
  // HTTP dates only: Date.parse would take `12` for a month.
  const timeMs = /GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** `Retry-After` in either form; a date is relative to the server's own clock where known. */
function retryAfterOf(text: string, serverNowMs: number): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const atMs = timeOf(text);
  return atMs === null ? null : Math.max(0, atMs - serverNowMs);
}

/** The stored part of a response's head. */
export function readHead(status: number, headers: Headers, nowMs: number): ResponseHead {
  const dateMs = timeOf(first(headers, 'date'));
  const length = first(headers, 'content-length');
  return {
    kept: {
      status,
      contentType: first(headers, 'content-type').slice(0, 200),
      location: first(headers, 'location').slice(0, 500),
      dateMs,
      retryAfterMs: retryAfterOf(first(headers, 'retry-after').trim(), dateMs ?? nowMs),
    },
    contentEncoding: first(headers, 'content-encoding').slice(0, 100),
    contentLength: /^\d{1,15}$/.test(length) ? Number(length) : null,
  };
}
