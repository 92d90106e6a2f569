import { type AppError, appError, err, ok, type Result } from '../../preload/contract/index.ts';
import type { Clock } from '../kernel/ports.ts';

/**
 * The standard's `fetch`. Electron's has the system's proxy and certificates; Node's serves tests and
 * `release:verify`.
 */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

export interface FetchInit {
  readonly headers: Record<string, string>;
  /** No redirect is ever followed. */
  readonly redirect: 'manual';
  readonly cache: 'no-store';
  readonly signal: AbortSignal;
}

/** The only place that is asked: a folder on one host, with a slash at its end. */
export type FeedUrl = string;

export interface UpdateFeed {
  readonly url: FeedUrl;
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, 'schedule'>;
}

/** A connection without data for so long is given up. */
export const SILENCE_MS = 60_000;

const isLoopback = (hostname: string): boolean => hostname === '127.0.0.1' || hostname === '[::1]';

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** https only; http on loopback where tests allow it. */
export function mayAskAt(url: string, loopbackAllowed: boolean): boolean {
  const parsed = urlOf(url);
  if (parsed === null) return false;
  const { protocol, hostname, username, password, search, hash, pathname } = parsed;
  if (username + password + search + hash !== '' || !pathname.endsWith('/')) return false;
  return protocol === 'https:' || (protocol === 'http:' && loopbackAllowed && isLoopback(hostname));
}

const words = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown);
  const code = 'code' in thrown ? String(thrown.code) : '';
  return `${code} ${thrown.message} ${thrown.cause === undefined ? '' : words(thrown.cause)}`;
};

/** The meaning of a failed request, by Chromium's and Node's error names. */
export function failedRequest(thrown: unknown): AppError {
  const said = words(thrown);
  if (/redirect/i.test(said)) return appError('update-feed-redirected');
  if (/proxy.auth|\b407\b/i.test(said)) return appError('update-proxy-password');
  if (/CERT|certificate|self.signed|ERR_TLS|SSL/i.test(said)) return appError('update-feed-certificate');
  return appError('update-feed-unreachable');
}

function refusedAnswer(answer: Response): AppError | null {
  const { status } = answer;
  if (answer.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return appError('update-feed-redirected');
  }
  if (status === 407) return appError('update-proxy-password');
  if (status === 404 || status === 410) return appError('update-file-missing');
  if (status !== 200 && status !== 206) return appError('update-feed-answer', { status: String(status) });
  // A captive portal, or a proxy's error page.
  if (/html/i.test(answer.headers.get('content-type') ?? '')) {
    return appError('update-feed-answer', { status: 'HTML' });
  }
  return null;
}

/** A reply whose body is still to come. */
export interface Answer {
  readonly status: number;
  readonly contentRange: string | null;
  /** The next bytes, null at the end. Throws where the connection breaks or stalls. */
  readonly next: () => Promise<Uint8Array | null>;
  readonly giveUp: () => void;
}

/** One GET of a file of the feed, from a byte on. Errors: update-feed-*, update-proxy-password, update-file-missing. */
export async function ask(
  { url, fetch, clock }: UpdateFeed,
  name: string,
  { fromByte = 0, signal }: { readonly fromByte?: number; readonly signal?: AbortSignal } = {},
): Promise<Result<Answer>> {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  let forget = clock.schedule(SILENCE_MS, giveUp);
  signal?.addEventListener('abort', giveUp, { once: true });
  if (signal?.aborted) giveUp();
  const headers = {
    'accept-encoding': 'identity',
    ...(fromByte > 0 ? { range: `bytes=${fromByte}-` } : {}),
  };
  const end = () => {
    forget();
    signal?.removeEventListener('abort', giveUp);
    giveUp();
  };
  try {
    const answer = await fetch(url + name, {
      headers,
      redirect: 'manual',
      cache: 'no-store',
      signal: controller.signal,
    });
    const refused = refusedAnswer(answer);
    if (refused !== null) {
      end();
      return err(refused);
    }
    const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = answer.body?.getReader();
    const next = async () => {
      forget();
      forget = clock.schedule(SILENCE_MS, giveUp);
      const read = await reader?.read();
      if (read === undefined || read.done) end();
      return read?.value ?? null;
    };
    return ok({
      status: answer.status,
      contentRange: answer.headers.get('content-range'),
      next,
      giveUp: end,
    });
  } catch (thrown) {
    end();
    return err(failedRequest(thrown));
  }
}

/** A small file as a whole. Error, beside those of `ask`: update-list-too-large. */
export async function askWhole(
  feed: UpdateFeed,
  name: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Result<Buffer>> {
  const asked = await ask(feed, name, signal === undefined ? {} : { signal });
  if (!asked.ok) return asked;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let chunk = await asked.value.next(); chunk !== null; chunk = await asked.value.next()) {
      length += chunk.length;
      chunks.push(chunk);
      if (length > maxBytes) {
        asked.value.giveUp();
        return err(appError('update-list-too-large'));
      }
    }
    return ok(Buffer.concat(chunks));
  } catch (thrown) {
    asked.value.giveUp();
    return err(failedRequest(thrown));
  }
}
